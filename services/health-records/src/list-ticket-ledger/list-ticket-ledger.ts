import type { listTicketLedger as ListTicketLedger } from '@madoguchi/contracts';
import { LedgerEntryView } from '@madoguchi/contracts';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import { classesShown, project } from '@madoguchi/policy';
import type { Runtime } from '@madoguchi/service';
import { entriesOfResident } from '../store/ledger-store.ts';

/** The official ledger of tickets of the resident of a grant, newest first. */
export function listTicketLedger(
  runtime: Pick<Runtime, 'database'>,
): Handler<typeof ListTicketLedger> {
  return async (request, context) => {
    const { grant } = context;
    const purpose = grant?.purposes[0];
    if (!grant || !purpose) return refuse('grant_required');
    if (grant.classes.ticket === 'none') return refuse('purpose_not_allowed');
    return runtime.database.transaction({ ...context.who, purpose }, async (tx) => {
      const rows = await entriesOfResident(tx.query, request.residentId);
      const entries = rows.map((row) =>
        project(LedgerEntryView, { ...row, enteredAt: row.enteredAt.toISOString() }, grant.classes),
      );
      const shown = entries.flatMap((view) => classesShown(LedgerEntryView, view));
      tx.audit({
        action: 'disclosure',
        operation: 'health-records.list-ticket-ledger',
        outcome: 'done',
        residents: [request.residentId],
        fieldClasses: [...new Set(shown)] as never,
        detail: { count: entries.length },
      });
      return ok({ entries });
    });
  };
}
