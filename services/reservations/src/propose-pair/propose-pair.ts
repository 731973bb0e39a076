import type { proposePair as ProposePair } from '@madoguchi/contracts';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { channelOf } from '../domain/channel.ts';
import { refusedDose } from '../domain/decide-pair.ts';
import { pairDays } from '../domain/pair-days.ts';
import { spreadChoice } from '../domain/second-seat.ts';
import { freeFor } from '../domain/slot-state.ts';
import { mayLookForSeats } from '../domain/purposes.ts';
import { findPerson } from '../store/person-store.ts';
import { readRulebook } from '../store/rulebook-store.ts';
import { secondSeats } from '../store/seat-search.ts';
import { slotsById, slotView } from '../store/slot-store.ts';

/** Seats for the dose after a first one, the best first and then such as differ, for reading both days out before booking. */
export function proposePair(runtime: Runtime): Handler<typeof ProposePair> {
  return async (request, context) => {
    if (!mayLookForSeats(context.grant?.purposes ?? [])) return refuse('purpose_not_allowed');
    return runtime.database.transaction(context.who, async (tx) => {
      const { residentId, doseNumber, slotId, limit } = request;
      const first = (await slotsById(tx.query, [slotId])).get(slotId);
      if (!first) return refuse('slot_not_found');
      const person = await findPerson(tx.query, residentId);
      if (!person) return refuse('copy_stale');
      tx.audit({
        action: 'search',
        operation: 'reservations.propose-pair',
        outcome: 'done',
        residents: [residentId],
        fieldClasses: ['birth', 'dose'],
      });
      const { date, productCode } = first;
      const days = pairDays(
        person,
        { doseNumber, date, productCode },
        await readRulebook(tx.query, runtime.clock.now()),
      );
      if (!days.ok) return refusedDose(days.refusal, doseNumber + 1);
      const seeker = { channel: channelOf(context.actor.role), now: runtime.clock.now() };
      const wanted = { first, days: days.value, atLeast: limit };
      const slots = spreadChoice(await secondSeats(tx.query, wanted, seeker), limit);
      return ok({
        standardDate: days.value.standard,
        earliestDate: days.value.earliest,
        slots: slots.map((slot) => slotView(slot, freeFor(slot, seeker.channel))),
      });
    });
  };
}
