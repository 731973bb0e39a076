import type { Entries, Entry, Kind } from '../domain/entry.ts';
import { PLACES } from '../domain/entry.ts';

type Columns = Record<string, unknown>;

const snake = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const camel = (name: string): string =>
  name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Members that are two columns, by their name in the row. */
const PAIRS: Record<string, readonly (readonly [member: string, column: string])[]> = {
  name: [
    ['ja', 'name_ja'],
    ['en', 'name_en'],
  ],
  series: [
    ['diseases', 'series_diseases'],
    ['productCodes', 'series_products'],
  ],
};

/** Of a row that can have versions: the code of the first of them, which holds them together here. */
export const VERSION_OF = 'version_of';

export const tableOf = (kind: Kind): string => kind.replaceAll('-', '_');

/** A row of the catalogue as the columns of its table. */
export function columnsOf({ kind, row }: Entry): Columns {
  const columns: Columns = {};
  for (const [member, value] of Object.entries(row)) {
    const pair = PAIRS[member];
    if (pair) for (const [part, column] of pair) columns[column] = (value as Columns)[part];
    else columns[member === PLACES[kind].key ? 'code' : snake(member)] = value;
  }
  return columns;
}

/** The columns of a table (as `to_jsonb` gives them) as a row of the catalogue, with its revision. */
export function rowOf<K extends Kind>(
  kind: K,
  columns: Columns,
): Entries[K] & { revision: number } {
  const row: Columns = {};
  const members = new Map(
    Object.entries(PAIRS).flatMap(([member, pair]) =>
      pair.map(([part, column]) => [column, [member, part]] as const),
    ),
  );
  for (const [column, value] of Object.entries(columns)) {
    if (column === VERSION_OF) continue;
    const pair = members.get(column);
    if (pair) row[pair[0]] = { ...(row[pair[0]] as Columns | undefined), [pair[1]]: value };
    else row[column === 'code' ? PLACES[kind].key : camel(column)] = value;
  }
  return row as unknown as Entries[K] & { revision: number };
}
