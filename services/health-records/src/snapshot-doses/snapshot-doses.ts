import type { snapshotDoses as SnapshotDoses } from '@madoguchi/contracts';
import { ok } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { doseCopy, pageOfDoses } from '../store/dose-store.ts';

/** Pages of all doses for a service that starts from nothing; the page itself is audited. */
export function snapshotDoses(runtime: Pick<Runtime, 'database'>): Handler<typeof SnapshotDoses> {
  return async (request, context) => {
    const page = { after: request.after, limit: request.limit };
    const doses = await runtime.database.transaction(context.who, async (tx) => {
      const rows = await pageOfDoses(tx.query, page);
      tx.audit({
        action: 'disclosure',
        operation: 'health-records.snapshot-doses',
        outcome: 'done',
        fieldClasses: ['dose'],
        detail: { count: rows.length, ...(rows[0] ? { first: rows[0].doseId } : {}) },
      });
      return rows;
    });
    const last = doses.at(-1);
    return ok({
      doses: doses.map(doseCopy),
      ...(last && doses.length === request.limit ? { next: last.doseId } : {}),
    });
  };
}
