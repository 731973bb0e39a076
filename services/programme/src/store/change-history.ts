import type { CatalogueKind } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import type { Row } from '../domain/differences.ts';

export type ChangeRow = {
  revision: number;
  version: number;
  before: Row | null;
  after: Row;
  reason: string;
  changedBy: string;
  changedAt: Date;
};

/** How far back the history of a row is shown, changes. */
const SHOWN_CHANGES = 100;

/** Changes of a row of the catalogue, newest first. */
export const changesOf = (query: Query, kind: CatalogueKind, code: string): Promise<ChangeRow[]> =>
  query<ChangeRow>(
    `SELECT revision, version, before, after, reason, changed_by AS "changedBy", changed_at AS "changedAt"
     FROM catalogue_change WHERE kind = $1 AND code = $2 ORDER BY revision DESC LIMIT ${SHOWN_CHANGES}`,
    [kind, code],
  );
