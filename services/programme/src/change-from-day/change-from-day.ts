import type { changeFromDay as ChangeFromDay } from '@madoguchi/contracts';
import { isReason } from '@madoguchi/contracts';
import { idempotent } from '@madoguchi/database';
import { ok, refuse, tokyoDate } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import { nextVersion } from '../domain/next-version.ts';
import { readCatalogue, versionOf } from '../store/catalogue-store.ts';
import { changeCatalogue, lockCatalogue } from '../store/change-catalogue.ts';
import { versionsOf } from '../store/change-history.ts';

const NAME = 'programme.change-from-day';

/**
 * Changes a row from a day on: ends it and begins its next version in one transaction and one version of
 * the catalogue, so that no booking is ever judged by both or by neither.
 */
export function changeFromDay(runtime: Runtime): Handler<typeof ChangeFromDay> {
  return async (request, context) => {
    const { code, next, revision, dryRun } = request;
    const reason = request.reason.trim();
    if (!isReason(reason)) return refuse('reason_too_short');
    return runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, commandOf(context, NAME, request), async () => {
        // What is decided here is decided on what nobody else changes meanwhile.
        await lockCatalogue(tx.query, context.municipalityCode);
        const now = runtime.clock.now();
        const decided = nextVersion(await readCatalogue(tx.query, context.municipalityCode), {
          code,
          next,
          today: tokyoDate(now),
          versions: await versionsOf(tx.query, next.kind, code),
        });
        if (!decided.ok) return decided;
        const { changes, carriedOver } = decided.value;
        const rows = changes.map(({ entry }) => entry);
        if (dryRun) {
          const version = await versionOf(tx.query, context.municipalityCode);
          return ok({ version, revision, rows, carriedOver });
        }
        const [ended, ...more] = changes;
        if (!ended) throw new Error('a change from a day on without a change');
        const done = await changeCatalogue(tx, [{ ...ended, revision }, ...more], { reason, now });
        if (!done.ok) return done;
        const { version, revisions } = done.value;
        tx.audit({
          action: 'administration',
          operation: NAME,
          outcome: 'done',
          detail: { code, from: next.row.validFrom, rows: changes.length, version },
        });
        return ok({ version, revision: revisions[0] ?? 0, rows, carriedOver });
      }),
    );
  };
}
