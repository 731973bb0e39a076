import type { suggestAlternatives as SuggestAlternatives } from '@madoguchi/contracts';
import { tokyoDate, addDays, ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { allowedDays } from '../domain/allowed-days.ts';
import { withoutBooking } from '../domain/eligibility-history.ts';
import { channelOf } from '../domain/channel.ts';
import { freeFor } from '../domain/slot-state.ts';
import { mayLookForSeats } from '../domain/purposes.ts';
import { findAlternatives, findPlace, NEARNESS } from '../store/alternatives-store.ts';
import { findPerson } from '../store/person-store.ts';
import { readRulebook } from '../store/rulebook-store.ts';
import type { SlotRow } from '../store/slot-store.ts';
import { slotView } from '../store/slot-store.ts';

/** How far ahead somebody is offered another day. */
const DAYS_AHEAD = 60;
const OF_EACH = 5;

const inTime = (one: SlotRow, other: SlotRow): number =>
  `${one.date}${one.startsAtTime}${one.slotId}` <
  `${other.date}${other.startsAtTime}${other.slotId}`
    ? -1
    : 1;

/** What can be offered instead of a booking whose seat goes away, by the rules of each day. */
export function suggestAlternatives(runtime: Runtime): Handler<typeof SuggestAlternatives> {
  return async (request, context) => {
    if (!mayLookForSeats(context.grant?.purposes ?? [])) return refuse('purpose_not_allowed');
    return runtime.database.transaction(context.who, async (tx) => {
      const { residentId, reservationId } = request;
      const place = await findPlace(tx.query, residentId, reservationId);
      if (!place) return refuse('reservation_not_found');
      const person = await findPerson(tx.query, residentId);
      if (!person) return refuse('copy_stale');
      const { doseNumber, programmeCode } = place;
      const now = runtime.clock.now();
      const channel = channelOf(context.actor.role);
      const today = tokyoDate(now);
      const to = addDays(today, DAYS_AHEAD);
      const allowed = allowedDays(
        withoutBooking(person, reservationId),
        { doseNumber, programmeCode, from: today, to },
        await readRulebook(tx.query, now),
      );
      const days = [...allowed.daysOf].map(([productCode, of]) => ({ productCode, days: of }));
      const found = await findAlternatives(tx.query, place, {
        days,
        now,
        channel,
        ofEach: OF_EACH,
      });
      const next = NEARNESS.flatMap((nearness) => found[nearness]).toSorted(inTime);
      tx.audit({
        action: 'search',
        operation: 'reservations.suggest-alternatives',
        outcome: 'done',
        residents: [residentId],
        fieldClasses: ['birth', 'dose', 'booking'],
        detail: { reservationId, rows: next.length },
      });
      const views = (list: readonly SlotRow[]) =>
        list.slice(0, OF_EACH).map((row) => slotView(row, freeFor(row, channel)));
      const { sameVenue, sameTown, elsewhere } = found;
      return ok({
        doseNumber,
        next: views(next),
        sameVenue: views(sameVenue),
        sameTown: views(sameTown),
        elsewhere: views(elsewhere),
      });
    });
  };
}
