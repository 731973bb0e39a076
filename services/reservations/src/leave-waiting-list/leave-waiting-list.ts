import type { leaveWaitingList as LeaveWaitingList } from '@madoguchi/contracts';
import { idempotent } from '@madoguchi/database';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import { countedIn } from '../domain/budget-subjects.ts';
import { mayBook } from '../domain/purposes.ts';
import { giveBackOffer } from '../store/give-back.ts';
import { openOffersOf } from '../store/offer-store.ts';
import { lockResident } from '../store/take-seat.ts';
import { lockEntry, moveEntry } from '../store/waiting-store.ts';

/** Takes somebody off the list; the seat that was kept for them goes to the next. */
export function leaveWaitingList(runtime: Runtime): Handler<typeof LeaveWaitingList> {
  return async (request, context) => {
    if (!mayBook(context.grant?.purposes ?? [])) return refuse('purpose_not_allowed');
    const command = commandOf(context, 'reservations.leave-waiting-list', request);
    return runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, async () => {
        await lockResident(tx, request.residentId);
        const entry = await lockEntry(tx.query, request.entryId, request.residentId);
        if (!entry || !['waiting', 'offered'].includes(entry.state))
          return refuse('waiting_entry_not_found');
        const [offer] = await openOffersOf(tx.query, [entry.id]);
        if (offer)
          await giveBackOffer(tx, offer, {
            stay: false,
            now: runtime.clock.now(),
            counted: countedIn(context, entry.residentId),
          });
        else await moveEntry(tx.query, entry.id, { state: 'left' });
        tx.audit({
          action: 'change',
          operation: command.operation,
          outcome: 'done',
          residents: [entry.residentId],
          detail: { entryId: entry.id },
        });
        return ok({ entryId: entry.id, state: 'left' as const });
      }),
    );
  };
}
