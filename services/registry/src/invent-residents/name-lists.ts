import { readFileSync } from 'node:fs';
import { cp932Table, encodeCp932 } from '@madoguchi/kernel';

export type Row = Record<string, string>;

/** Rows of one of the lists in `data/`, by column. */
export function readList(file: string): Row[] {
  const [head = '', ...lines] = readFileSync(new URL(`../../data/${file}`, import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const names = head.split(',');
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((value, index) => [names[index] ?? '', value])),
  );
}

export type JapaneseName = { text: string; kana: string; weight: number };
export type ForeignName = {
  nationality: string;
  /** `M` or `F` for given names. */
  gender: string;
  roman: string;
  kanji: string;
  kana: string;
};

/** Names to invent people from; nobody real is among them. */
export type NameLists = {
  surnames: JapaneseName[];
  /** Spellings an ear cannot tell apart, old and variant characters among them. */
  rareSurnames: JapaneseName[];
  givenNames: Map<string, JapaneseName[]>;
  foreignFamily: ForeignName[];
  foreignGiven: ForeignName[];
  /** 在留資格 of people who work or settled here. */
  stays: string[];
};

/** Characters the host's code page has not stand in its private area, as 外字. */
const GAIJI: Record<string, string> = { 𠮷: '\ue000', 𣘺: '\ue001' };

function japanese(rows: readonly Row[], column: string): JapaneseName[] {
  const table = cp932Table();
  return rows
    .map((row) => ({
      text: Array.from(row[column] ?? '', (one) => GAIJI[one] ?? one).join(''),
      kana: row['kana'] ?? '',
      weight: Number(row['weight'] ?? 1),
    }))
    .filter(({ text }) => encodeCp932(text, table).missing.length === 0);
}

function givenNamesBy(rows: readonly Row[]): Map<string, JapaneseName[]> {
  const byBand = Map.groupBy(rows, (row) => `${row['gender']}/${row['birth_era_band']}`);
  return new Map([...byBand].map(([band, list]) => [band, japanese(list, 'given_name')]));
}

export function readNameLists(): NameLists {
  const table = cp932Table();
  const sayable = (text: string): boolean => encodeCp932(text, table).missing.length === 0;
  const foreign = (part: string): ForeignName[] =>
    readList('foreign_names.csv')
      .filter((row) => row['part'] === part)
      .map((row) => ({
        nationality: row['nationality'] ?? '',
        gender: row['gender'] ?? '',
        roman: row['roman'] ?? '',
        kanji: sayable(row['kanji'] ?? '') ? (row['kanji'] ?? '') : '',
        kana: row['kana'] ?? '',
      }));
  return {
    surnames: japanese(readList('common_surnames.csv'), 'spelling'),
    rareSurnames: japanese(readList('surname_groups.csv'), 'spelling'),
    givenNames: givenNamesBy(readList('given_names_by_era.csv')),
    foreignFamily: foreign('family'),
    foreignGiven: foreign('given'),
    stays: readList('status_of_residence.csv')
      .filter((row) => ['work', 'status'].includes(row['group'] ?? ''))
      .map((row) => row['status_ja'] ?? ''),
  };
}
