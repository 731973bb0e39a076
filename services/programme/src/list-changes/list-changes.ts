import type { listChanges as ListChanges, ReplyOf } from '@madoguchi/contracts';
import { ok } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import type { Row } from '../domain/differences.ts';
import { differencesOf } from '../domain/differences.ts';

type ChangeRow = {
  revision: number;
  version: number;
  before: Row | null;
  after: Row;
  reason: string;
  changedBy: string;
  changedAt: Date;
};
type Changes = ReplyOf<typeof ListChanges>['changes'];

/** What a row of the catalogue said before, newest first. */
export function listChanges(runtime: Runtime): Handler<typeof ListChanges> {
  return async ({ kind, code }) => {
    const rows = await runtime.database.read<ChangeRow>(
      `SELECT revision, version, before, after, reason, changed_by AS "changedBy", changed_at AS "changedAt"
       FROM catalogue_change WHERE kind = $1 AND code = $2 ORDER BY revision DESC LIMIT 100`,
      [kind, code],
    );
    const changes = rows.map(({ before, after, changedAt, ...row }) => ({
      ...row,
      changedAt: changedAt.toISOString(),
      differences: differencesOf(before, after),
    }));
    return ok({ changes: changes as Changes });
  };
}
