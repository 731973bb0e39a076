import type { CsvRow } from '../domain/resident-columns.ts';
import type { ForeignName, JapaneseName, NameLists } from './name-lists.ts';
import type { Random } from './random.ts';

/** Family name and, for foreign households, nationality: what a household has in common. */
export type Family =
  | { japanese: JapaneseName }
  | { nationality: string; name: ForeignName | undefined };

/** Nationalities by their share in the city; Indians are many, around 西葛西. */
const NATIONALITIES: readonly (readonly [code: string, ja: string, weight: number])[] = [
  ['CN', '中国', 34],
  ['IN', 'インド', 14],
  ['KR', '韓国', 9],
  ['PH', 'フィリピン', 9],
  ['VN', 'ベトナム', 9],
  ['NP', 'ネパール', 9],
  ['MM', 'ミャンマー', 5],
  ['BD', 'バングラデシュ', 4],
  ['TW', '台湾', 4],
  ['US', '米国', 3],
];
const RARE_SPELLINGS = 0.12;

function eraBand(year: number): string {
  if (year <= 1935) return 'taisho-s10';
  if (year <= 1955) return 's11-s30';
  if (year <= 1975) return 's31-s50';
  if (year <= 1995) return 's51-h7';
  return year <= 2013 ? 'h8-h25' : 'h26-';
}

export function inventFamily(random: Random, lists: NameLists, foreign: boolean): Family {
  if (!foreign) {
    const list = random.chance(RARE_SPELLINGS) ? lists.rareSurnames : lists.surnames;
    return { japanese: random.weighted(list, (name) => name.weight) };
  }
  const [nationality] = random.weighted(NATIONALITIES, ([, , weight]) => weight);
  const names = lists.foreignFamily.filter((name) => name.nationality === nationality);
  // Burmese names have no family part.
  return { nationality, name: names.length === 0 ? undefined : random.pick(names) };
}

export type Named = { sex: 'M' | 'F'; birthYear: number; isChild: boolean };

function japaneseGiven(random: Random, lists: NameLists, person: Named): JapaneseName {
  const names = lists.givenNames.get(`${person.sex}/${eraBand(person.birthYear)}`);
  return random.pick(names ?? [{ text: '薫', kana: 'カオル', weight: 1 }]);
}

function foreignGiven(random: Random, lists: NameLists, given: [string, 'M' | 'F']): ForeignName {
  const [nationality, sex] = given;
  return random.pick(
    lists.foreignGiven.filter((name) => name.nationality === nationality && name.gender === sex),
  );
}

function stay(
  random: Random,
  lists: NameLists,
  given: { nationality: string; person: Named },
): CsvRow {
  const { nationality, person } = given;
  if (nationality === 'KR' && random.chance(0.35)) return { 在留許可区分: '特別永住者' };
  const status = person.isChild
    ? '家族滞在'
    : random.chance(0.35)
      ? '永住者'
      : random.chance(0.15)
        ? '留学'
        : random.pick(lists.stays);
  const forever = status === '永住者';
  return {
    在留許可区分: '中長期在留者',
    在留資格: status,
    在留期間: forever ? '無期限' : random.pick(['1年', '3年', '5年']),
    ...(forever
      ? {}
      : { 在留期間満了日: `20${random.between(27, 31)}${random.pick(['0331', '0930', '1215'])}` }),
  };
}

/** Some have one name only, and some more names than a form has room for: 80 letters at most. */
function romanName(random: Random, lists: NameLists, parts: readonly string[]): string {
  const fate = random.next();
  if (fate < 0.01) return parts.at(-1) ?? '';
  if (fate > 0.004 + 0.01) return parts.join(' ');
  const more = Array.from({ length: 12 }, () => random.pick(lists.foreignGiven).roman);
  return [...parts, ...more].join(' ').slice(0, 80).trim();
}

function foreignNames(
  random: Random,
  lists: NameLists,
  given: { family: Extract<Family, { nationality: string }>; person: Named },
): CsvRow {
  const { nationality, name } = given.family;
  const first = foreignGiven(random, lists, [nationality, given.person.sex]);
  const kanji =
    name?.kanji && first.kanji && random.chance(0.7) ? `${name.kanji}　${first.kanji}` : '';
  const takesAlias = ['KR', 'CN', 'TW'].includes(nationality) && random.chance(0.12);
  const alias = takesAlias
    ? `${random.pick(lists.surnames).text}　${japaneseGiven(random, lists, given.person).text}`
    : '';
  return {
    氏名: romanName(
      random,
      lists,
      [name?.roman, first.roman].filter((one) => one !== undefined),
    ),
    氏名カナ: random.chance(0.85) ? [name?.kana, first.kana].filter(Boolean).join(' ') : '',
    通称名: alias,
    併記名: kanji,
    住民種別: '外国人',
    国籍: NATIONALITIES.find(([code]) => code === nationality)?.[1] ?? nationality,
    ...stay(random, lists, { nationality, person: given.person }),
  };
}

/** Names of one member, with nationality and stay where it is a foreign household. */
export function inventNames(
  random: Random,
  lists: NameLists,
  given: { family: Family; person: Named },
): CsvRow {
  const { family, person } = given;
  if ('nationality' in family) return foreignNames(random, lists, { family, person });
  const first = japaneseGiven(random, lists, person);
  return {
    氏名: `${family.japanese.text}　${first.text}`,
    氏名カナ: `${family.japanese.kana} ${first.kana}`,
    住民種別: '日本人',
  };
}
