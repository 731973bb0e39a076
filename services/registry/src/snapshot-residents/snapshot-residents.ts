import type { snapshotResidents as SnapshotResidents } from '@madoguchi/contracts';
import { ok } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { residentCopies } from '../store/resident-copy.ts';

/** Pages of all resident copies for a service that starts from nothing. */
export function snapshotResidents(runtime: Runtime): Handler<typeof SnapshotResidents> {
  return async (request, context) => {
    const residents = await runtime.database.transaction(context.who, async (tx) => {
      const page = await residentCopies(tx.query, { after: request.after, limit: request.limit });
      tx.audit({
        action: 'disclosure',
        operation: 'registry.snapshot-residents',
        outcome: 'done',
        fieldClasses: ['birth', 'residency'],
        detail: { count: page.length, ...(page[0] ? { first: page[0].residentId } : {}) },
      });
      return page;
    });
    const last = residents.at(-1);
    return ok({
      residents,
      ...(last && residents.length === request.limit ? { next: last.residentId } : {}),
    });
  };
}
