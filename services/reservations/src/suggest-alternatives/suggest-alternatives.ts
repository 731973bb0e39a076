import type { suggestAlternatives as SuggestAlternatives } from '@madoguchi/contracts';
import { tokyoDate, addDays, ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { channelOf } from '../domain/channel.ts';
import { reasonsAgainst } from '../domain/eligibility.ts';
import { productsOffered } from '../domain/rulebook.ts';
import { freeFor } from '../domain/slot-state.ts';
import type { Place } from '../store/alternatives-store.ts';
import { findAlternatives, findPlace } from '../store/alternatives-store.ts';
import { findPerson } from '../store/person-store.ts';
import { readRulebook } from '../store/rulebook-store.ts';
import type { SlotRow } from '../store/slot-store.ts';
import { slotView } from '../store/slot-store.ts';

/** How far ahead somebody is offered another day. */
const DAYS_AHEAD = 60;
const OF_EACH = 5;

const ofKind = (rows: readonly SlotRow[], place: Place) => ({
  sameVenue: rows.filter((row) => row.venueCode === place.venueCode),
  sameTown: rows.filter((row) => row.venueCode !== place.venueCode && row.town === place.town),
  elsewhere: rows.filter((row) => row.town !== place.town),
});

/** What can be offered instead of a booking whose seat goes away, by the rules of each day. */
export function suggestAlternatives(runtime: Runtime): Handler<typeof SuggestAlternatives> {
  return (request, context) =>
    runtime.database.transaction(context.who, async (tx) => {
      const { residentId, reservationId } = request;
      const place = await findPlace(tx.query, residentId, reservationId);
      if (!place) return refuse('reservation_not_found');
      const person = await findPerson(tx.query, residentId);
      if (!person) return refuse('copy_stale');
      const { doseNumber } = place;
      const bookings = person.bookings.filter((one) => one.doseNumber !== doseNumber);
      const rules = await readRulebook(tx.query);
      const now = runtime.clock.now();
      const channel = channelOf(context.actor.role);
      const today = tokyoDate(now);
      const to = addDays(today, DAYS_AHEAD);
      const products = productsOffered(rules, { doseNumber, from: today, to });
      const allowed = Array.from({ length: DAYS_AHEAD }, (_, days) => addDays(today, days)).flatMap(
        (date) =>
          products
            .filter(
              (productCode) =>
                reasonsAgainst({ ...person, bookings }, { doseNumber, productCode, date }, rules)
                  .length === 0,
            )
            .map((productCode) => `${date}/${productCode}`),
      );
      const rows = await findAlternatives(tx.query, place, {
        days: allowed,
        now,
        channel,
        ofEach: OF_EACH,
      });
      tx.audit({
        action: 'search',
        operation: 'reservations.suggest-alternatives',
        outcome: 'done',
        residents: [residentId],
        fieldClasses: ['birth', 'dose', 'booking'],
        detail: { reservationId, rows: rows.length },
      });
      const views = (list: readonly SlotRow[]) =>
        list.slice(0, OF_EACH).map((row) => slotView(row, freeFor(row, channel)));
      const { sameVenue, sameTown, elsewhere } = ofKind(rows, place);
      return ok({
        doseNumber,
        next: views(rows),
        sameVenue: views(sameVenue),
        sameTown: views(sameTown),
        elsewhere: views(elsewhere),
      });
    });
}
