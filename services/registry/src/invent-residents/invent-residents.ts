import type { CalendarDate } from '@madoguchi/kernel';
import { addDays, EDOGAWA_TOWNS } from '@madoguchi/kernel';
import type { CsvRow } from '../domain/resident-row.ts';
import type { NameLists } from './name-lists.ts';
import { readNameLists } from './name-lists.ts';
import type { Random } from './random.ts';
import { seededRandom } from './random.ts';

/** Five-year shares of the age pyramid in per mille, 0–4 to 90–94 (an estimate; 65+ is the city's figure). */
const AGE_SHARES = [39, 43, 44, 46, 64, 69, 65, 68, 73, 86, 81, 63, 49, 49, 59, 46, 33, 17, 9];
const WITHOUT_CHOME = new Set([
  '一之江町',
  '宇喜田町',
  '興宮町',
  '鹿骨町',
  '下篠崎町',
  '西小松川町',
  '二之江町',
  '東篠崎町',
  '堀江町',
]);
const FOREIGN_SHARE = 0.068;
const PROTECTED_SHARE = 0.004;
const NUMBER_SHARE = 0.75;

export type InventOptions = { count: number; seed: number; today: CalendarDate };

type Household = {
  number: string;
  address: string;
  building: string;
  postal: string;
  telephone: string;
  protected: boolean;
};

function ageFrom(random: Random): number {
  let left = random.between(0, AGE_SHARES.reduce((a, b) => a + b) - 1);
  const band = AGE_SHARES.findIndex((share) => (left -= share) < 0);
  return Math.max(0, band) * 5 + random.between(0, 4);
}

function eraBand(year: number): string {
  if (year <= 1935) return 'taisho-s10';
  if (year <= 1955) return 's11-s30';
  if (year <= 1975) return 's31-s50';
  if (year <= 1995) return 's51-h7';
  return year <= 2013 ? 'h8-h25' : 'h26-';
}

const wide = (text: string): string =>
  text.replace(/[0-9-]/gu, (c) =>
    c === '-' ? '－' : String.fromCodePoint((c.codePointAt(0) ?? 0) + 0xfee0),
  );

function household(random: Random, index: number): Household {
  const town = random.pick(EDOGAWA_TOWNS);
  const chome = WITHOUT_CHOME.has(town) ? '' : `${random.between(1, 3)}丁目`;
  const place = `${chome}${random.between(1, 40)}番${random.between(1, 25)}号`;
  return {
    number: String(index).padStart(8, '0'),
    address: `東京都江戸川区${town}${wide(place)}`,
    building: random.chance(0.6) ? `メゾン${town}${wide(String(random.between(101, 909)))}` : '',
    postal: `13${random.between(2, 4)}-00${random.between(10, 99)}`,
    telephone: random.chance(NUMBER_SHARE)
      ? `0${random.pick(['90', '80', '70'])}${random.between(10_000_000, 99_999_999)}`
      : '',
    protected: random.chance(PROTECTED_SHARE),
  };
}

function japaneseNames(
  random: Random,
  lists: NameLists,
  person: { family: NameLists['surnames'][number]; sex: 'M' | 'F'; year: number },
) {
  const given = random.pick(
    lists.givenNames.get(`${person.sex}/${eraBand(person.year)}`) ?? [
      { text: '薫', kana: 'カオル' },
    ],
  );
  return {
    氏名: `${person.family.text}　${given.text}`,
    氏名カナ: `${person.family.kana} ${given.kana}`,
    住民種別: '日本人',
  };
}

function foreignNames(random: Random, lists: NameLists): CsvRow {
  const family = random.pick(lists.foreignFamily);
  const given = random.pick(
    lists.foreignGiven.filter((name) => name.nationality === family.nationality),
  );
  const kanji = family.kanji && given.kanji ? `${family.kanji}　${given.kanji}` : '';
  return {
    氏名: `${family.roman} ${given.roman}`,
    氏名カナ: random.chance(0.8) ? `${family.kana} ${given.kana}` : '',
    併記名: kanji,
    住民種別: '外国人',
    国籍: family.nationality,
    在留許可区分: '中長期在留者',
    在留資格: random.pick(['永住者', '技術・人文知識・国際業務', '家族滞在', '留学']),
    在留期間: '3年',
  };
}

/** Invented people of an invented city of Edogawa's shape; deterministic from the seed. */
export function* inventResidents(options: InventOptions): Generator<CsvRow> {
  const random = seededRandom(options.seed);
  const lists = readNameLists();
  const compact = (date: CalendarDate): string => date.replaceAll('-', '');
  let made = 0;
  for (let index = 1; made < options.count; index += 1) {
    const home = household(random, index);
    const size = Math.min(options.count - made, random.pick([1, 1, 1, 1, 2, 2, 2, 3, 3, 4]));
    const foreign = random.chance(FOREIGN_SHARE);
    const family = random.pick(lists.surnames);
    for (let member = 0; member < size; member += 1) {
      made += 1;
      const sex = random.chance(0.5) ? 'M' : 'F';
      const birth = addDays(
        options.today,
        -Math.floor(ageFrom(random) * 365.25) - random.between(1, 364),
      );
      const year = Number(birth.slice(0, 4));
      const moved = !home.protected && random.chance(0.01);
      yield {
        宛名番号: String(1_000_000 + made).padStart(10, '0'),
        ...(foreign
          ? foreignNames(random, lists)
          : japaneseNames(random, lists, { family, sex, year })),
        性別: sex === 'M' ? '1' : '2',
        生年月日: compact(birth),
        世帯番号: home.number,
        郵便番号: home.postal,
        住所: home.address,
        方書: home.building,
        電話番号: member === 0 || random.chance(0.3) ? home.telephone : '',
        規制情報: home.protected && member === 0 ? '支援措置' : '',
        ...(moved
          ? {
              転出先住所: '千葉県市川市八幡１丁目１番１号',
              異動事由: '転出',
              異動年月日: compact(addDays(options.today, -60)),
              消除区分: '転出',
              消除年月日: compact(addDays(options.today, -60)),
            }
          : {}),
      };
    }
  }
}
