import type { listChanges as ListChanges, ReplyOf } from '@madoguchi/contracts';
import { ok } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { differencesOf } from '../domain/differences.ts';
import { changesOf } from '../store/change-history.ts';

type Changes = ReplyOf<typeof ListChanges>['changes'];

/** What a row of the catalogue said before, newest first. */
export function listChanges(runtime: Runtime): Handler<typeof ListChanges> {
  return async ({ kind, code }) => {
    const rows = await changesOf(runtime.database.read, kind, code);
    const changes = rows.map(({ before, after, changedAt, continuedBy, continues, ...row }) => ({
      ...row,
      changedAt: changedAt.toISOString(),
      ...(continuedBy === null ? {} : { continuedBy }),
      ...(continues === null ? {} : { continues }),
      differences: differencesOf(before, after),
    }));
    return ok({ changes: changes as Changes });
  };
}
