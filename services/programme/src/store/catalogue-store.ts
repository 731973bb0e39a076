import type { Catalogue } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import type { Entries, Kind } from '../domain/entry.ts';
import { KINDS, PLACES } from '../domain/entry.ts';
import { rowOf, tableOf } from './columns.ts';

export type Revised<K extends Kind> = Entries[K] & { revision: number };

/** Every row of a kind, by code. */
export async function rowsOf<K extends Kind>(query: Query, kind: K): Promise<Revised<K>[]> {
  const rows = await query<{ columns: Record<string, unknown> }>(
    `SELECT to_jsonb(t) AS columns FROM ${tableOf(kind)} t ORDER BY code`,
  );
  return rows.map(({ columns }) => rowOf(kind, columns));
}

export async function versionOf(query: Query, municipalityCode: string): Promise<number> {
  const [row] = await query<{ version: number }>(
    'SELECT version FROM catalogue WHERE municipality_code = $1',
    [municipalityCode],
  );
  return row?.version ?? 0;
}

function withoutRevision<K extends Kind>(row: Revised<K>): Entries[K] {
  const rest: Record<string, unknown> = { ...row };
  delete rest['revision'];
  return rest as unknown as Entries[K];
}

/** The whole catalogue as neighbours keep it. In a transaction it is of one moment. */
export async function readCatalogue(query: Query, municipalityCode: string): Promise<Catalogue> {
  const catalogue: Record<string, unknown> = { version: await versionOf(query, municipalityCode) };
  for (const kind of KINDS)
    catalogue[PLACES[kind].list] = (await rowsOf(query, kind)).map(withoutRevision);
  return catalogue as Catalogue;
}
