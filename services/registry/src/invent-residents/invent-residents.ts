import type { CalendarDate } from '@madoguchi/kernel';
import { addDays, addMonths } from '@madoguchi/kernel';
import type { CsvRow } from '../domain/resident-columns.ts';
import type { Home, Town } from './invent-home.ts';
import { inventHome, readTowns } from './invent-home.ts';
import type { Member } from './invent-household.ts';
import { inventHousehold } from './invent-household.ts';
import type { Family } from './invent-names.ts';
import { inventFamily, inventNames } from './invent-names.ts';
import type { Arrival } from './invent-residency.ts';
import { inventArrival, inventResidency } from './invent-residency.ts';
import type { NameLists } from './name-lists.ts';
import { readNameLists } from './name-lists.ts';
import type { Random } from './random.ts';
import { seededRandom } from './random.ts';

export type InventOptions = {
  count: number;
  /** The same seed and day give the same people, on every machine. */
  seed: number;
  today: CalendarDate;
};

type World = { random: Random; lists: NameLists; towns: readonly Town[]; today: CalendarDate };

type Household = {
  number: string;
  home: Home;
  family: Family;
  arrival: Arrival;
  members: readonly Member[];
  landline: string;
  protected: boolean;
};

/** Foreign households are smaller in number than people, since their share is counted by person. */
const FOREIGN_SHARE = 0.061;
const PROTECTED_SHARE = 0.004;
const UNKNOWN_BIRTHDAY_SHARE = 0.01;
const DAYS_A_YEAR = 365.25;

/**
 * Mobile and landline numbers of ranges that are given to nobody (a 0 after the prefix), so that an
 * invented call can never reach anyone.
 */
const mobile = (random: Random): string =>
  `0${random.pick(['9', '8', '7'])}0-0${random.between(100, 999)}-${random.between(1_000, 9_999)}`;
const landline = (random: Random): string =>
  `03-0${random.between(100, 999)}-${random.between(1_000, 9_999)}`;

function household(world: World, index: number): Household {
  const { random } = world;
  const foreign = random.chance(FOREIGN_SHARE);
  const members = inventHousehold(random);
  const older = (members[0]?.age ?? 0) >= 50;
  return {
    number: String(index).padStart(8, '0'),
    home: inventHome(random, world.towns, foreign),
    family: inventFamily(random, world.lists, foreign),
    arrival: inventArrival(random, world.today),
    members,
    landline: random.chance(older ? 0.7 : 0.15) ? landline(random) : '',
    protected: random.chance(PROTECTED_SHARE),
  };
}

function telephoneOf(random: Random, home: Household, member: Member): string {
  const own =
    member.age >= 12 && random.chance(member.age >= 80 ? 0.35 : 0.7) ? mobile(random) : '';
  if (own !== '' && home.landline !== '' && random.chance(0.3)) return `${own}、${home.landline}`;
  return own === '' ? home.landline : own;
}

/** The register writes eight digits; a few people do not know their birthday. */
function birthOf(random: Random, foreign: boolean, birth: CalendarDate): string {
  const partly = foreign && random.chance(UNKNOWN_BIRTHDAY_SHARE);
  return partly ? `${birth.slice(0, 4)}0000` : birth.replaceAll('-', '');
}

function resident(world: World, home: Household, member: Member): CsvRow {
  const { random, today } = world;
  const birthday = addMonths(today, -12 * member.age, 'last-of-month');
  const birth = addDays(birthday, -random.between(1, Math.floor(DAYS_A_YEAR) - 1));
  const foreign = 'nationality' in home.family;
  const person = {
    sex: member.sex,
    birthYear: Number(birth.slice(0, 4)),
    isChild: member.relation === 'child',
  };
  return {
    ...inventNames(random, world.lists, { family: home.family, person }),
    性別: member.sex === 'M' ? '1' : '2',
    生年月日: birthOf(random, foreign, birth),
    世帯番号: home.number,
    郵便番号: home.home.postal,
    住所: home.home.address,
    方書: home.home.building,
    ...inventResidency(random, {
      today,
      birth,
      arrival: home.arrival,
      mayLeave: !home.protected,
    }),
    電話番号: telephoneOf(random, home, member),
    規制情報: home.protected && member.relation === 'head' ? '支援措置' : '',
  };
}

/** Invented people of a city of Edogawa's shape, household by household. */
export function* inventResidents(options: InventOptions): Generator<CsvRow> {
  const world: World = {
    random: seededRandom(options.seed),
    lists: readNameLists(),
    towns: readTowns(),
    today: options.today,
  };
  let made = 0;
  for (let index = 1; made < options.count; index += 1) {
    const home = household(world, index);
    for (const member of home.members) {
      if (made === options.count) return;
      made += 1;
      yield {
        宛名番号: String(1_000_000 + made).padStart(10, '0'),
        ...resident(world, home, member),
      };
    }
  }
}
