import type { findGroupSlots as FindGroupSlots, RequestOf } from '@madoguchi/contracts';
import type { CalendarDate } from '@madoguchi/kernel';
import { addDays, calendarDate, daysBetween, ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { channelOf } from '../domain/channel.ts';
import type { Person } from '../domain/eligibility.ts';
import { groupDays } from '../domain/group-days.ts';
import { reasonSentence } from '../domain/reason-sentence.ts';
import { freeFor } from '../domain/slot-state.ts';
import { mayLookForSeats } from '../domain/purposes.ts';
import { findPeople } from '../store/person-store.ts';
import { readRulebook } from '../store/rulebook-store.ts';
import { visits } from '../store/seat-search.ts';
import { slotView } from '../store/slot-store.ts';

type Request = RequestOf<typeof FindGroupSlots>;

/** Days of a search: a group's rules are asked for each of them. */
const LONGEST_RANGE_DAYS = 62;

const rangeOf = (request: Request): { from: CalendarDate; to: CalendarDate } => {
  const from = calendarDate(request.from);
  const to = calendarDate(request.to);
  const last = addDays(from, LONGEST_RANGE_DAYS);
  return { from, to: daysBetween(from, to) > LONGEST_RANGE_DAYS ? last : to };
};

/** When and where a whole group can come together, and for each of them why other days were left out. */
export function findGroupSlots(runtime: Runtime): Handler<typeof FindGroupSlots> {
  return async (request, context) => {
    if (!mayLookForSeats(context.grant?.purposes ?? [])) return refuse('purpose_not_allowed');
    return runtime.database.transaction(context.who, async (tx) => {
      const { members, spanMinutes, limit, productCode } = request;
      const ids = members.map(({ residentId }) => residentId);
      const people = await findPeople(tx.query, ids);
      const known = members.flatMap(({ residentId, doseNumber }) => {
        const person: Person | undefined = people.get(residentId);
        return person ? [{ residentId, doseNumber, person }] : [];
      });
      if (known.length < members.length) return refuse('copy_stale');
      const rules = await readRulebook(tx.query, runtime.clock.now());
      const { days, reasons } = groupDays(known, { ...rangeOf(request), productCode }, rules);
      const channel = channelOf(context.actor.role);
      const wanted = {
        days,
        venueCode: request.venueCode ?? null,
        town: request.town ?? null,
        timeFrom: request.timeFrom ?? null,
        timeTo: request.timeTo ?? null,
        spanMinutes,
        people: members.length,
        limit,
      };
      const found = await visits(tx.query, wanted, { channel, now: runtime.clock.now() });
      tx.audit({
        action: 'search',
        operation: 'reservations.find-group-slots',
        outcome: 'done',
        residents: ids,
        fieldClasses: ['birth', 'dose'],
        detail: { rows: found.length },
      });
      return ok({
        visits: found.map(({ slot, seats }) => ({
          slot: slotView(slot, freeFor(slot, channel)),
          seats,
        })),
        reasons: reasons.map(({ residentId, reason }) => ({
          residentId,
          ...reasonSentence(reason),
        })),
      });
    });
  };
}
