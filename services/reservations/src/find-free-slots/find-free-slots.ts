import type { Channel, findFreeSlots as FindFreeSlots, RequestOf } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import type { CalendarDate } from '@madoguchi/kernel';
import { addDays, daysBetween, ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { channelOf } from '../domain/channel.ts';
import type { Person, Reason } from '../domain/eligibility.ts';
import { reasonsAgainst } from '../domain/eligibility.ts';
import { reasonSentence } from '../domain/reason-sentence.ts';
import type { Rulebook } from '../domain/rulebook.ts';
import { productsOffered } from '../domain/rulebook.ts';
import { freeFor } from '../domain/slot-state.ts';
import { findPerson } from '../store/person-store.ts';
import { readRulebook } from '../store/rulebook-store.ts';
import type { SlotRow } from '../store/slot-store.ts';
import { freeIn, SLOT, slotView } from '../store/slot-store.ts';

type Request = RequestOf<typeof FindFreeSlots>;
const LONGEST_RANGE_DAYS = 120;

/** Days of the range on which the rules allow the dose, and why the others were left out. */
function allowedDays(request: Request, person: Person, rules: Rulebook) {
  const offered = productsOffered(rules, request);
  const asked = request.productCode === undefined ? offered : [request.productCode];
  const allowed: { date: CalendarDate; productCode: string }[] = [];
  const reasons = new Map<string, Reason>();
  if (asked.length === 0) reasons.set('programme_not_active', { code: 'programme_not_active' });
  const last = addDays(
    request.from as CalendarDate,
    Math.min(
      LONGEST_RANGE_DAYS,
      daysBetween(request.from as CalendarDate, request.to as CalendarDate),
    ),
  );
  for (let date = request.from as CalendarDate; date <= last; date = addDays(date, 1)) {
    for (const productCode of asked) {
      const against = reasonsAgainst(
        person,
        { doseNumber: request.doseNumber, productCode, date },
        rules,
      );
      if (against.length === 0) allowed.push({ date, productCode });
      for (const reason of against) if (!reasons.has(reason.code)) reasons.set(reason.code, reason);
    }
  }
  return { allowed, reasons: [...reasons.values()] };
}

async function freeSlots(
  query: Query,
  request: Request,
  days: { dates: string[]; now: Date; channel: Channel },
): Promise<SlotRow[]> {
  return query<SlotRow>(
    `${SLOT} WHERE s.day || '/' || s.product_code = ANY($1::text[]) AND NOT s.closed
       AND s.opens_at <= $2 AND s.closes_at > $2 AND ${freeIn(days.channel)} > 0
       AND ($3::text IS NULL OR s.venue_code = $3) AND ($4::text IS NULL OR v.town = $4)
       AND ($5::text IS NULL OR s.starts_at >= $5) AND ($6::text IS NULL OR s.starts_at < $6)
       AND ($7::text IS NULL OR s.day::text || s.starts_at || s.id > $7)
     ORDER BY s.day, s.starts_at, s.id LIMIT $8`,
    [
      days.dates,
      days.now,
      request.venueCode ?? null,
      request.town ?? null,
      request.timeFrom ?? null,
      request.timeTo ?? null,
      request.cursor ?? null,
      request.limit,
    ],
  );
}

/** Free slots for a person, with the reasons why days were left out. */
export function findFreeSlots(runtime: Runtime): Handler<typeof FindFreeSlots> {
  return (request, context) =>
    runtime.database.transaction(context.who, async (tx) => {
      const person = await findPerson(tx.query, request.residentId);
      if (!person) return refuse('copy_stale');
      const { allowed, reasons } = allowedDays(request, person, await readRulebook(tx.query));
      const dates = allowed.map(({ date, productCode }) => `${date}/${productCode}`);
      const channel = channelOf(context.actor.role);
      const rows = await freeSlots(tx.query, request, { dates, now: runtime.clock.now(), channel });
      tx.audit({
        action: 'search',
        operation: 'reservations.find-free-slots',
        outcome: 'done',
        residents: [request.residentId],
        fieldClasses: ['birth', 'dose'],
        detail: { rows: rows.length },
      });
      const [earliest] = allowed;
      const last = rows.at(-1);
      return ok({
        slots: rows.map((row) => slotView(row, freeFor(row, channel))),
        reasons: reasons.map(reasonSentence),
        ...(earliest ? { earliestDate: earliest.date } : {}),
        ...(last && rows.length === request.limit
          ? { nextCursor: `${last.date}${last.startsAtTime}${last.slotId}` }
          : {}),
      });
    });
}
