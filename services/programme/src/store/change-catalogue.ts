import { catalogueChanged } from '@madoguchi/contracts';
import type { Query, Transaction } from '@madoguchi/database';
import type { Refusal, Result } from '@madoguchi/kernel';
import { canonicalJson, ok, refuse } from '@madoguchi/kernel';
import type { Entry } from '../domain/entry.ts';
import { codeOf } from '../domain/entry.ts';
import { isDated } from '../domain/versions.ts';
import { readCatalogue } from './catalogue-store.ts';
import { columnsOf, rowOf, tableOf, VERSION_OF } from './columns.ts';

/**
 * An entry, and the revision it was read at; without one whatever stands there is replaced. Where it is
 * ended for its next version, or is that, the other one's code.
 */
export type Change = {
  entry: Entry;
  revision?: number;
  continuedBy?: string;
  continues?: string;
};
export type Changed = { version: number; revisions: number[]; changed: number };

/** A row stays the version of what it was entered as: a thing of its own, or what `$2` is a version of. */
const firstVersion = (table: string): string =>
  `coalesce((SELECT version_of FROM ${table} WHERE code = $2), r.code)`;

const UPSERT = (table: string, columns: readonly string[], dated: boolean): string =>
  `INSERT INTO ${table} (${columns.join(', ')}${dated ? `, ${VERSION_OF}` : ''})
   SELECT ${columns.map((name) => `r.${name}`).join(', ')}${dated ? `, ${firstVersion(table)}` : ''}
   FROM jsonb_populate_record(NULL::${table}, $1::jsonb) r
   ON CONFLICT (code) DO UPDATE SET ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}`;

/** Locks the catalogue: changes of one municipality come one after another. */
export async function lockCatalogue(query: Query, municipalityCode: string): Promise<number> {
  await query('INSERT INTO catalogue VALUES ($1, 0) ON CONFLICT DO NOTHING', [municipalityCode]);
  const [row] = await query<{ version: number }>(
    'SELECT version FROM catalogue WHERE municipality_code = $1 FOR UPDATE',
    [municipalityCode],
  );
  return row?.version ?? 0;
}

async function standing(
  query: Query,
  { kind, row }: Entry,
): Promise<(Entry['row'] & { revision: number }) | undefined> {
  const [found] = await query<{ columns: Record<string, unknown> }>(
    `SELECT to_jsonb(t) AS columns FROM ${tableOf(kind)} t WHERE code = $1`,
    [codeOf({ kind, row } as Entry)],
  );
  return found && rowOf(kind, found.columns);
}

async function write(
  tx: Transaction,
  { entry, continuedBy, continues }: Change,
  told: { revision: number; version: number; before: unknown; reason: string; now: Date },
): Promise<void> {
  const columns = { ...columnsOf(entry), revision: told.revision };
  const dated = isDated(entry);
  await tx.query(UPSERT(tableOf(entry.kind), Object.keys(columns), dated), [
    JSON.stringify(columns),
    ...(dated ? [continues ?? null] : []),
  ]);
  await tx.query(
    `INSERT INTO catalogue_change (kind, code, revision, version, before, after, reason, changed_by, changed_at,
       continued_by, continues)
     VALUES ($1, $2, $3, $4, $5::jsonb, $6::jsonb, $7, $8, $9, $10, $11)`,
    [
      entry.kind,
      codeOf(entry),
      told.revision,
      told.version,
      told.before === undefined ? null : JSON.stringify(told.before),
      JSON.stringify(entry.row),
      told.reason,
      tx.who.actorId,
      told.now,
      continuedBy ?? null,
      continues ?? null,
    ],
  );
}

/**
 * Writes entries together, keeps what they were before, and tells the neighbours the catalogue as it
 * is then. What is the same already is left alone; when all is, nothing is told.
 */
export async function changeCatalogue(
  tx: Transaction,
  changes: readonly Change[],
  told: { reason: string; now: Date },
): Promise<Result<Changed, Refusal<'changed_meanwhile'>>> {
  const { municipalityCode } = tx.who;
  const version = (await lockCatalogue(tx.query, municipalityCode)) + 1;
  const revisions: number[] = [];
  let changed = 0;
  for (const change of changes) {
    const { entry, revision } = change;
    const found = await standing(tx.query, entry);
    const { revision: known = 0, ...before } = found ?? {};
    const same = found !== undefined && canonicalJson(before) === canonicalJson(entry.row);
    if (revision !== undefined && revision !== known && !same)
      return refuse('changed_meanwhile', { revision: known });
    revisions.push(same ? known : known + 1);
    if (same) continue;
    changed += 1;
    const history = { revision: known + 1, version, before: found && before, ...told };
    await write(tx, change, history);
  }
  if (changed === 0) return ok({ version: version - 1, revisions, changed });
  await tx.query('UPDATE catalogue SET version = $2 WHERE municipality_code = $1', [
    municipalityCode,
    version,
  ]);
  tx.record({
    type: catalogueChanged,
    aggregateId: `catalogue-${municipalityCode}`,
    aggregateVersion: version,
    payload: await readCatalogue(tx.query, municipalityCode),
  });
  return ok({ version, revisions, changed });
}
