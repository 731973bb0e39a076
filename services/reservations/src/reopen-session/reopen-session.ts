import type { reopenSession as ReopenSession } from '@madoguchi/contracts';
import { sessionOpenedForBooking } from '@madoguchi/contracts';
import { idempotent } from '@madoguchi/database';
import { ok, refuse, tokyoDate } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import { isProductOver } from '../domain/may-open.ts';
import { keepAddedSeats } from '../store/freed-seat.ts';
import { callLatestBooked } from '../store/people-to-call.ts';
import { readRulebook } from '../store/rulebook-store.ts';
import { lockSlotsOf } from '../store/session-slots-store.ts';
import { lockSession, markReopened } from '../store/session-store.ts';
import { openItemsOfSlots, settleWorkItems } from '../store/work-item-store.ts';

const OPERATION = 'reservations.reopen-session';

/** Opens a closed session again. Who was not called yet leaves the worklist; who was moved stays moved. */
export function reopenSession(runtime: Runtime): Handler<typeof ReopenSession> {
  return async (request, context) => {
    const command = commandOf(context, OPERATION, request);
    return runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, async () => {
        const now = runtime.clock.now();
        const session = await lockSession(tx.query, request.sessionId);
        if (!session) return refuse('session_not_found');
        if (session.state === 'open') return refuse('session_not_closed');
        if (session.day < tokyoDate(now)) return refuse('session_in_past');
        const { id, venueCode, day, productCode } = session;
        if (session.venueShut === 'product-not-given') return refuse('product_not_allowed');
        if (session.venueShut !== null) return refuse('venue_closed_on_day');
        const { doseRules } = await readRulebook(tx.query, now);
        if (isProductOver(doseRules, productCode, day)) return refuse('product_over_on_day');
        const slots = await lockSlotsOf(tx.query, [id]);
        const itemIds = await openItemsOfSlots(tx.query, id);
        const leftTheWorklist = await settleWorkItems(
          tx,
          { itemIds },
          { outcome: 'reopened', now },
        );
        await markReopened(tx.query, id);
        await keepAddedSeats(
          tx.query,
          slots.map((slot) => slot.id),
        );
        // A cut that was there before the closing is still there.
        await callLatestBooked(tx, slots, { reason: session.reason ?? 'cut', now });
        tx.record({
          type: sessionOpenedForBooking,
          aggregateId: id,
          aggregateVersion: session.version + 1,
          payload: { sessionId: id, venueCode, day, productCode },
        });
        tx.audit({
          action: 'administration',
          operation: OPERATION,
          outcome: 'done',
          detail: { sessionId: id, leftTheWorklist },
        });
        return ok({ sessionId: id, leftTheWorklist });
      }),
    );
  };
}
