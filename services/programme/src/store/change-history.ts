import type { CatalogueKind } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import type { Row } from '../domain/differences.ts';
import type { DatedKind, Version } from '../domain/versions.ts';
import { tableOf } from './columns.ts';

export type ChangeRow = {
  revision: number;
  version: number;
  before: Row | null;
  after: Row;
  reason: string;
  changedBy: string;
  changedAt: Date;
  continuedBy: string | null;
  continues: string | null;
};

/** How far back the history of a row is shown, changes. */
const SHOWN_CHANGES = 100;

/** Changes of a row of the catalogue, newest first. A next version was before what the row it continues was. */
export const changesOf = (query: Query, kind: CatalogueKind, code: string): Promise<ChangeRow[]> =>
  query<ChangeRow>(
    `SELECT c.revision, c.version, coalesce(c.before, p.before) AS before, c.after, c.reason,
       c.changed_by AS "changedBy", c.changed_at AS "changedAt", c.continued_by AS "continuedBy", c.continues
     FROM catalogue_change c LEFT JOIN catalogue_change p ON p.kind = c.kind AND p.code = c.continues
       AND p.version = c.version AND p.continued_by = c.code
     WHERE c.kind = $1 AND c.code = $2 ORDER BY c.revision DESC LIMIT ${SHOWN_CHANGES}`,
    [kind, code],
  );

/** Codes of rows that nobody but one worker or program ever entered or changed. */
export async function onlyChangedBy(
  query: Query,
  kind: CatalogueKind,
  actorId: string,
): Promise<Set<string>> {
  const rows = await query<{ code: string }>(
    `SELECT code FROM catalogue_change WHERE kind = $1 GROUP BY code HAVING bool_and(changed_by = $2)`,
    [kind, actorId],
  );
  return new Set(rows.map(({ code }) => code));
}

/** Every version of the thing that a row is one of, in their order; none of a code that is not there. */
export const versionsOf = (query: Query, kind: DatedKind, code: string): Promise<Version[]> =>
  query<Version>(
    `SELECT v.code, v.valid_from::text AS "validFrom", v.valid_to::text AS "validTo"
     FROM ${tableOf(kind)} v JOIN ${tableOf(kind)} t ON t.version_of = v.version_of
     WHERE t.code = $1 ORDER BY v.valid_from, v.valid_to NULLS LAST`,
    [code],
  );
