import type { DoseRule, OtherVaccineRule, PriorityGroup, Rulebook } from './rulebook.ts';

/**
 * The rules a second time, as a clerk would check them: walking the calendar day by day and counting on
 * the fingers. Shares nothing with the evaluator but the shape of its data.
 */
type Shot = { doseNumber: number; date: string; productCode: string };
export type OraclePerson = {
  dateOfBirth: string;
  residency: readonly { from: string; to: string | null }[];
  doses: readonly Shot[];
  bookings: readonly Shot[];
  groups?: readonly string[];
};
export type OracleWish = { doseNumber: number; productCode: string; date: string };

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

export function oracle(person: OraclePerson, wish: OracleWish, book: Rulebook): string[] {
  const vaccine = (code: string) => book.products.find((p) => p.productCode === code)?.vaccineCode;
  const disease = (code: string) =>
    book.vaccines.find((v) => v.vaccineCode === vaccine(code))?.disease;
  const rows = book.doseRules.filter((row) => {
    if (wish.doseNumber < row.doseFrom || wish.doseNumber > row.doseTo) return false;
    return runs(row, wish.date);
  });
  if (rows.length === 0) return ['programme_not_active'];
  let lists = rows.map(judge);
  for (const theirs of ['product_', 'age_', 'not_in_', 'previous_']) {
    const others = lists.filter((list) => !list.some((code) => code.startsWith(theirs)));
    if (others.length > 0) lists = others;
  }
  const fewest = Math.min(...lists.map((list) => list.length));
  return lists.find((list) => list.length === fewest) ?? [];

  function judge(row: DoseRule): string[] {
    const against: string[] = [];
    const series = book.programmes.find((p) => p.programmeCode === row.programmeCode)?.series;
    const counts = (shot: Shot): boolean => {
      const against = disease(shot.productCode);
      if (series?.productCodes.includes(shot.productCode)) return true;
      return against !== undefined && series?.diseases.includes(against) === true;
    };
    const numbers = (shot: Shot): number[] => {
      const many =
        book.products.find((p) => p.productCode === shot.productCode)?.countsAsDoses ?? 1;
      return Array.from({ length: many }, (_, place) => shot.doseNumber + place);
    };
    const given = person.doses.filter(counts);
    const had = new Set(given.flatMap(numbers));
    const booked = person.bookings.filter((shot) => counts(shot) && !had.has(shot.doseNumber));
    const firstShot = [...given, ...booked].find((shot) => shot.doseNumber === 1);
    const days = {
      wanted: wish.date,
      first: wish.doseNumber === 1 ? wish.date : (firstShot?.date ?? wish.date),
    };
    if (!row.productCodes.includes(wish.productCode)) against.push('product_not_allowed');
    if (!ageHolds(row, person.dateOfBirth, days)) against.push('age_not_eligible');
    against.push(...turn(row, days));
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
    const same = (shot: Shot): boolean => numbers(shot).includes(wish.doseNumber) || once(shot);
    if (given.some(same)) against.push('already_vaccinated');
    if (booked.some(same)) against.push('already_booked');
    against.push(...order(row, [given, booked, days]));
    if (person.doses.concat(person.bookings).some((shot) => !counts(shot) && near(row, shot)))
      against.push('other_vaccine_too_close');
    return against;

    function order(
      rule: DoseRule,
      [doses, bookings, on]: [Shot[], Shot[], { wanted: string; first: string }],
    ): string[] {
      const found: string[] = [];
      const all = [...doses, ...bookings];
      const known = new Set(all.flatMap(numbers));
      const later = doses.some((shot) => shot.doseNumber > wish.doseNumber);
      if (later || (wish.doseNumber > 1 && !known.has(wish.doseNumber - 1)))
        found.push('dose_out_of_order');
      let previous: Shot | undefined;
      for (const shot of all) {
        if (Math.max(...numbers(shot)) >= wish.doseNumber) continue;
        const isLater = previous === undefined || shot.date > previous.date;
        const ties = previous?.date === shot.date;
        if (
          isLater ||
          (ties && Math.max(...numbers(shot)) >= Math.max(...numbers(previous as Shot)))
        )
          previous = shot;
      }
      if (previous && rule.previousDose !== 'any') {
        const ours = vaccine(wish.productCode);
        const equal = ours !== undefined && vaccine(previous.productCode) === ours;
        if (equal !== (rule.previousDose === 'same-vaccine'))
          found.push('previous_vaccine_not_allowed');
      }
      if (previous && !intervalHolds(previous.date, wish.date, rule)) {
        found.push('dose_interval_too_short');
        return found;
      }
      const next = bookings.find((shot) => shot.doseNumber === wish.doseNumber + 1);
      if (!next) return found;
      const its = book.doseRules.filter(
        (other) =>
          other.programmeCode === rule.programmeCode &&
          other.doseFrom <= next.doseNumber &&
          next.doseNumber <= other.doseTo &&
          other.productCodes.includes(next.productCode) &&
          runs(other, next.date) &&
          ageHolds(other, person.dateOfBirth, { ...on, wanted: next.date }),
      );
      if (its.length > 0 && !its.some((other) => intervalHolds(wish.date, next.date, other)))
        found.push('dose_interval_too_short');
      return found;
    }
  }

  function turn(row: DoseRule, days: { wanted: string; first: string }): string[] {
    const groups = book.priorityGroups.filter(
      (group) => group.programmeCode === row.programmeCode && runs(group, wish.date),
    );
    const isIn = (group: PriorityGroup): boolean =>
      group.listed
        ? person.groups?.includes(group.groupCode) === true
        : ageHolds(group, person.dateOfBirth, days);
    if (row.groupCode !== null) {
      const named = groups.find((group) => group.groupCode === row.groupCode);
      if (!named || !isIn(named)) return ['not_in_priority_group'];
    }
    const queue = groups.filter((group) => group.opensOn !== null);
    if (queue.length === 0) return [];
    const mine = queue.filter(isIn);
    if (mine.length === 0) return ['not_in_priority_group'];
    return mine.some((group) => (group.opensOn ?? '') <= wish.date)
      ? []
      : ['priority_group_not_open'];
  }

  function near(row: DoseRule, shot: Shot): boolean {
    const valid = book.otherVaccineRules.filter(
      (other) => other.programmeCodes.includes(row.programmeCode) && runs(other, wish.date),
    );
    const exact = valid.find(
      (other) => other.disease !== null && other.disease === disease(shot.productCode),
    );
    const chosen: OtherVaccineRule | undefined =
      exact ?? valid.find((other) => other.disease === null);
    if (!chosen || chosen.minimumDaysBetween === null) return false;
    const [from, to] = shot.date < wish.date ? [shot.date, wish.date] : [wish.date, shot.date];
    if (from === to) return true;
    let between = 0;
    for (let walk = tomorrow(from); walk < to; walk = tomorrow(walk)) between += 1;
    return between < chosen.minimumDaysBetween;
  }
}
