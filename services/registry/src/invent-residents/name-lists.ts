import { readFileSync } from 'node:fs';

const rowsOf = (file: string): Record<string, string>[] => {
  const [head = '', ...lines] = readFileSync(new URL(`../../data/${file}`, import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const names = head.split(',');
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((value, i) => [names[i] ?? '', value])),
  );
};

export type JapaneseName = { text: string; kana: string };
export type ForeignName = { nationality: string; roman: string; kanji: string; kana: string };

/** Names to invent people from; nobody real is among them. */
export type NameLists = {
  surnames: JapaneseName[];
  givenNames: Map<string, JapaneseName[]>;
  foreignFamily: ForeignName[];
  foreignGiven: ForeignName[];
};

export function readNameLists(): NameLists {
  const givenNames = new Map<string, JapaneseName[]>();
  for (const row of rowsOf('given_names_by_era.csv')) {
    const key = `${row['gender']}/${row['birth_era_band']}`;
    const list = givenNames.get(key) ?? [];
    list.push({ text: row['given_name'] ?? '', kana: row['kana'] ?? '' });
    givenNames.set(key, list);
  }
  const foreign = rowsOf('foreign_names.csv').map((row) => ({
    part: row['part'] ?? '',
    nationality: row['nationality'] ?? '',
    roman: row['roman'] ?? '',
    kanji: row['kanji'] ?? '',
    kana: row['kana'] ?? '',
  }));
  return {
    surnames: rowsOf('surname_groups.csv').map((row) => ({
      text: row['spelling'] ?? '',
      kana: row['kana'] ?? '',
    })),
    givenNames,
    foreignFamily: foreign.filter((name) => name.part === 'family'),
    foreignGiven: foreign.filter((name) => name.part === 'given'),
  };
}
