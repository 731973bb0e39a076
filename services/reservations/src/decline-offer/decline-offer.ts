import type { declineOffer as DeclineOffer } from '@madoguchi/contracts';
import { idempotent } from '@madoguchi/database';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import { countedIn } from '../domain/budget-subjects.ts';
import { mayBook } from '../domain/purposes.ts';
import { giveBackOffer } from '../store/give-back.ts';
import { lockOffer } from '../store/offer-store.ts';
import { lockResident } from '../store/take-seat.ts';

/** The kept seat is not wanted: it goes to the next at once. */
export function declineOffer(runtime: Runtime): Handler<typeof DeclineOffer> {
  return async (request, context) => {
    if (!mayBook(context.grant?.purposes ?? [])) return refuse('purpose_not_allowed');
    const command = commandOf(context, 'reservations.decline-offer', request);
    return runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, async () => {
        await lockResident(tx, request.residentId);
        const offer = await lockOffer(tx.query, request.offerId, request.residentId);
        if (!offer) return refuse('offer_not_found');
        if (offer.state !== 'open') return refuse('offer_ended');
        const { stay } = request;
        const entryState = await giveBackOffer(tx, offer, {
          stay,
          now: runtime.clock.now(),
          counted: countedIn(context, offer.residentId),
        });
        tx.audit({
          action: 'change',
          operation: command.operation,
          outcome: 'done',
          residents: [offer.residentId],
          detail: { offerId: offer.id, stay },
        });
        return ok({ offerId: offer.id, entryState });
      }),
    );
  };
}
