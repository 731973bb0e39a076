import type { DoseRule, PriorityGroup, Rulebook } from './rulebook.ts';

/**
 * The rules a second time, as a clerk would check them: walking the calendar day by day and counting on
 * the fingers. Shares nothing with the evaluator but the shape of its data.
 */
type Shot = { doseNumber: number; date: string; productCode: string };
type OraclePerson = {
  dateOfBirth: string;
  residency: readonly { from: string; to: string | null }[];
  doses: readonly Shot[];
  bookings: readonly Shot[];
  groups?: readonly { groupCode: string; from: string; to: string | null }[] | undefined;
};
type OracleWish = {
  doseNumber: number;
  productCode: string;
  date: string;
  programmeCode?: string | undefined;
};

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const parts = (day: string): [number, number, number] => [
  Number(day.slice(0, 4)),
  Number(day.slice(5, 7)),
  Number(day.slice(8)),
];
const two = (value: number): string => (value < 10 ? `0${value}` : `${value}`);

function lengthOf(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && leap ? 29 : (LENGTHS[month - 1] ?? 0);
}

function turnLeaf(day: string): string {
  const [y, m, d] = parts(day);
  if (d < lengthOf(y, m)) return `${y}-${two(m)}-${two(d + 1)}`;
  return m < 12 ? `${y}-${two(m + 1)}-01` : `${y + 1}-01-01`;
}

/** Walked so often that leaves once turned are kept. */
const leaves = new Map<string, string>();
export function tomorrow(day: string): string {
  const known = leaves.get(day) ?? turnLeaf(day);
  leaves.set(day, known);
  return known;
}

/** Months of life completed by the end of a day: the day before the monthly birthday completes one. */
function monthsOld(birth: string, day: string): number {
  const [, , d] = parts(birth);
  let count = 0;
  for (let walk = birth; walk <= day; walk = tomorrow(walk)) {
    const [y, m] = parts(walk);
    const [, , next] = parts(tomorrow(walk));
    if (next === d || (next === 1 && lengthOf(y, m) < d)) count += 1;
  }
  return count;
}

const lastDayOfFiscalYear = (day: string): string => {
  let walk = day;
  while (walk.slice(5) !== '03-31') walk = tomorrow(walk);
  return walk;
};

type Ages = Pick<
  DoseRule,
  'ageJudgedOn' | 'ageFromMonths' | 'ageBelowMonths' | 'bornFrom' | 'bornTo'
>;

function ageHolds(ages: Ages, birth: string, days: { wanted: string; first: string }): boolean {
  if (ages.bornFrom !== null && birth < ages.bornFrom) return false;
  if (ages.bornTo !== null && birth > ages.bornTo) return false;
  let day = days.wanted;
  if (ages.ageJudgedOn === 'first-dose') day = days.first;
  if (ages.ageJudgedOn === 'fiscal-year-end') day = lastDayOfFiscalYear(days.wanted);
  if (day < birth) return false;
  const months = monthsOld(birth, day);
  if (ages.ageFromMonths !== null && months < ages.ageFromMonths) return false;
  if (ages.ageBelowMonths === null || months < ages.ageBelowMonths) return true;
  if (ages.ageJudgedOn === 'fiscal-year-end') return false;
  // Old enough to be too old: only on the very day on which that begins.
  let yesterday = birth;
  if (day === birth) return ages.ageBelowMonths > 0;
  while (tomorrow(yesterday) < day) yesterday = tomorrow(yesterday);
  return monthsOld(birth, yesterday) < ages.ageBelowMonths;
}

function intervalHolds(previous: string, day: string, rule: DoseRule): boolean {
  if (day <= previous) return false;
  const [, , d] = parts(previous);
  let wholeDays = 0;
  let months = 0;
  for (let walk = tomorrow(previous); walk <= day; walk = tomorrow(walk)) {
    if (walk < day) wholeDays += 1;
    const [y, m, w] = parts(walk);
    const before = m === 1 ? lengthOf(y - 1, 12) : lengthOf(y, m - 1);
    const missing =
      rule.monthOverflow === 'first-of-next'
        ? w === 1 && before < d
        : w === lengthOf(y, m) && lengthOf(y, m) < d;
    if (w === d || missing) months += 1;
  }
  return wholeDays >= (rule.minimumDaysBetween ?? 0) && months >= (rule.minimumMonths ?? 0);
}

const runs = (row: { validFrom: string; validTo: string | null }, day: string): boolean => {
  if (day < row.validFrom) return false;
  return row.validTo === null ? true : day < row.validTo;
};

/** Doses and bookings of a row's series, and the days ages are judged by. */
type Card = { given: Shot[]; booked: Shot[]; days: { wanted: string; first: string } };

class Clerk {
  readonly person: OraclePerson;
  readonly wish: OracleWish;
  readonly book: Rulebook;
  constructor(person: OraclePerson, wish: OracleWish, book: Rulebook) {
    this.person = person;
    this.wish = wish;
    this.book = book;
  }

  private product(code: string) {
    return this.book.products.find((p) => p.productCode === code);
  }

  private disease(code: string): string | undefined {
    const vaccine = this.product(code)?.vaccineCode;
    return this.book.vaccines.find((v) => v.vaccineCode === vaccine)?.disease;
  }

  private numbers(shot: Shot): number[] {
    const many = this.product(shot.productCode)?.countsAsDoses ?? 1;
    return Array.from({ length: many }, (_, place) => shot.doseNumber + place);
  }

  private counts(row: DoseRule, shot: Shot): boolean {
    const { series } =
      this.book.programmes.find((p) => p.programmeCode === row.programmeCode) ?? {};
    const against = this.disease(shot.productCode);
    if (series?.productCodes.includes(shot.productCode)) return true;
    return against !== undefined && series?.diseases.includes(against) === true;
  }

  private card(row: DoseRule): Card {
    const { person, wish } = this;
    const given = person.doses.filter((shot) => this.counts(row, shot));
    const had = new Set(given.flatMap((shot) => this.numbers(shot)));
    const booked = person.bookings.filter(
      (shot) => this.counts(row, shot) && !had.has(shot.doseNumber),
    );
    const firstShot = [...given, ...booked].find((shot) => shot.doseNumber === 1);
    const first = wish.doseNumber === 1 ? wish.date : (firstShot?.date ?? wish.date);
    return { given, booked, days: { wanted: wish.date, first } };
  }

  judge(row: DoseRule): string[] {
    const { person, wish, book } = this;
    const card = this.card(row);
    const against: string[] = [];
    if (!row.productCodes.includes(wish.productCode)) against.push('product_not_allowed');
    if (!ageHolds(row, person.dateOfBirth, card.days)) against.push('age_not_eligible');
    against.push(...this.turn(row, card));
    const home = person.residency.filter(
      (stay) => stay.from <= wish.date && (stay.to === null || stay.to > wish.date),
    );
    if (home.length === 0) against.push('not_resident_on_day');
    const once = (shot: Shot): boolean =>
      row.oncePerProgramme &&
      book.doseRules.some((other) => {
        if (other.programmeCode !== row.programmeCode || !other.oncePerProgramme) return false;
        return runs(other, shot.date) && other.productCodes.includes(shot.productCode);
      });
    const same = (shot: Shot): boolean =>
      this.numbers(shot).includes(wish.doseNumber) || once(shot);
    if (card.given.some(same)) against.push('already_vaccinated');
    if (card.booked.some(same)) against.push('already_booked');
    against.push(...this.order(row, card));
    const others = person.doses.concat(person.bookings).filter((shot) => !this.counts(row, shot));
    if (others.some((shot) => this.near(row, shot))) against.push('other_vaccine_too_close');
    return against;
  }

  /** The latest dose before the one that is wished for. */
  private previous({ given, booked }: Card): Shot | undefined {
    const last = (shot: Shot): number => Math.max(...this.numbers(shot));
    let previous: Shot | undefined;
    for (const shot of [...given, ...booked]) {
      if (last(shot) >= this.wish.doseNumber) continue;
      if (previous === undefined || shot.date > previous.date) previous = shot;
      else if (shot.date === previous.date && last(shot) >= last(previous)) previous = shot;
    }
    return previous;
  }

  private order(rule: DoseRule, card: Card): string[] {
    const { wish } = this;
    const found: string[] = [];
    const known = new Set([...card.given, ...card.booked].flatMap((shot) => this.numbers(shot)));
    const later = card.given.some((shot) => shot.doseNumber > wish.doseNumber);
    if (later || (wish.doseNumber > 1 && !known.has(wish.doseNumber - 1)))
      found.push('dose_out_of_order');
    const previous = this.previous(card);
    if (previous && rule.previousDose !== 'any') {
      const ours = this.product(wish.productCode)?.vaccineCode;
      const equal = ours !== undefined && this.product(previous.productCode)?.vaccineCode === ours;
      if (equal !== (rule.previousDose === 'same-vaccine'))
        found.push('previous_vaccine_not_allowed');
    }
    const tooSoon = previous !== undefined && !intervalHolds(previous.date, wish.date, rule);
    if (tooSoon || this.crowdsNext(rule, card)) found.push('dose_interval_too_short');
    return found;
  }

  private crowdsNext(rule: DoseRule, card: Card): boolean {
    const next = card.booked.find((shot) => shot.doseNumber === this.wish.doseNumber + 1);
    if (!next) return false;
    const its = this.book.doseRules.filter(
      (other) =>
        other.programmeCode === rule.programmeCode &&
        other.doseFrom <= next.doseNumber &&
        next.doseNumber <= other.doseTo &&
        other.productCodes.includes(next.productCode) &&
        runs(other, next.date) &&
        ageHolds(other, this.person.dateOfBirth, { ...card.days, wanted: next.date }),
    );
    if (its.length === 0) return false;
    return !its.some((other) => intervalHolds(this.wish.date, next.date, other));
  }

  private turn(row: DoseRule, { days }: Card): string[] {
    const { person, wish, book } = this;
    const groups = book.priorityGroups.filter(
      (group) => group.programmeCode === row.programmeCode && runs(group, wish.date),
    );
    const pages = (person.groups ?? []).filter(
      ({ from, to }) => !(wish.date < from) && !(to !== null && to <= wish.date),
    );
    const isIn = (group: PriorityGroup): boolean =>
      group.listed
        ? pages.map((page) => page.groupCode).includes(group.groupCode)
        : ageHolds(group, person.dateOfBirth, days);
    if (row.groupCode !== null) {
      const named = groups.find((group) => group.groupCode === row.groupCode);
      if (!named || !isIn(named)) return ['not_in_priority_group'];
    }
    const queue = groups.filter((group) => (group.opensOn ?? group.bookableFrom) !== null);
    if (queue.length === 0) return [];
    const stamps = queue.filter(isIn).map((group) => ({
      turn: !(group.opensOn !== null && wish.date < group.opensOn),
      desk: !(group.bookableFrom !== null && book.askedOn < group.bookableFrom),
    }));
    if (stamps.length === 0) return ['not_in_priority_group'];
    if (stamps.some(({ turn, desk }) => turn && desk)) return [];
    if (stamps.some(({ turn }) => turn)) return ['group_booking_not_open'];
    const closed = stamps.some(({ desk }) => desk) ? [] : ['group_booking_not_open'];
    return ['priority_group_not_open', ...closed];
  }

  private near(row: DoseRule, shot: Shot): boolean {
    const { wish, book } = this;
    const valid = book.otherVaccineRules.filter(
      (other) => other.programmeCodes.includes(row.programmeCode) && runs(other, wish.date),
    );
    const exact = valid.find(
      (other) => other.disease !== null && other.disease === this.disease(shot.productCode),
    );
    const chosen = exact ?? valid.find((other) => other.disease === null);
    if (!chosen || chosen.minimumDaysBetween === null) return false;
    const [from, to] = shot.date < wish.date ? [shot.date, wish.date] : [wish.date, shot.date];
    if (from === to) return true;
    let between = 0;
    for (let walk = tomorrow(from); walk < to; walk = tomorrow(walk)) between += 1;
    return between < chosen.minimumDaysBetween;
  }
}

/** Codes of every reason that a clerk would find. */
export function oracle(person: OraclePerson, wish: OracleWish, book: Rulebook): string[] {
  const rows = book.doseRules.filter((row) => {
    if (wish.doseNumber < row.doseFrom || wish.doseNumber > row.doseTo) return false;
    if (wish.programmeCode !== undefined && wish.programmeCode !== row.programmeCode) return false;
    return runs(row, wish.date);
  });
  if (rows.length === 0) return ['programme_not_active'];
  const clerk = new Clerk(person, wish, book);
  let lists = rows.map((row) => clerk.judge(row));
  for (const theirs of ['product_', 'age_', 'not_in_', 'previous_']) {
    const others = lists.filter((list) => !list.some((code) => code.startsWith(theirs)));
    if (others.length > 0) lists = others;
  }
  const fewest = Math.min(...lists.map((list) => list.length));
  return lists.find((list) => list.length === fewest) ?? [];
}
