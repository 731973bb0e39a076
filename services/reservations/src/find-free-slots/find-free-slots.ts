import type { findFreeSlots as FindFreeSlots, RequestOf } from '@madoguchi/contracts';
import { WEEKDAYS } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import type { Refusal, Result } from '@madoguchi/kernel';
import { calendarDate, ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import type { AllowedDays } from '../domain/allowed-days.ts';
import { allowedDays, weekdayOf } from '../domain/allowed-days.ts';
import { channelOf } from '../domain/channel.ts';
import type { Person } from '../domain/eligibility.ts';
import { withoutBooking } from '../domain/eligibility-history.ts';
import { whyNothingFree } from '../domain/nothing-free.ts';
import { reasonSentence } from '../domain/reason-sentence.ts';
import type { Rulebook } from '../domain/rulebook.ts';
import { freeFor } from '../domain/slot-state.ts';
import { mayLookForSeats } from '../domain/purposes.ts';
import type { SlotsWanted } from '../store/free-slot-store.ts';
import { findPlace } from '../store/alternatives-store.ts';
import { findFree } from '../store/free-slot-store.ts';
import { findPerson } from '../store/person-store.ts';
import { readRulebook } from '../store/rulebook-store.ts';
import { slotsMeant } from '../store/slots-meant.ts';
import { slotView } from '../store/slot-store.ts';
import { pageCursor } from './page-cursor.ts';

type Request = RequestOf<typeof FindFreeSlots>;

/** Rows of product and days; of a weekday each where the next of every weekday is wanted. */
function searchedDays(allowed: AllowedDays, view: Request['view']): SlotsWanted['days'] {
  const all = [...allowed.daysOf].map(([productCode, days]) => ({ productCode, days }));
  if (view !== 'next-by-weekday') return all;
  return all.flatMap(({ productCode, days }) =>
    WEEKDAYS.map((weekday) => ({
      productCode,
      days: days.filter((day) => weekdayOf(day) === weekday),
    })).filter((one) => one.days.length > 0),
  );
}

/** Who searches, and by which programme's rules alone. */
type Searcher = { person: Person; programmeCode?: string };

const daysAllowed = (
  request: Request,
  { person, programmeCode }: Searcher,
  rules: Rulebook,
): AllowedDays =>
  allowedDays(
    person,
    {
      ...request,
      programmeCode,
      from: calendarDate(request.from),
      to: calendarDate(request.to),
    },
    rules,
  );

/** A booking that is to be moved stands in the way of no other day, and stays in its programme. */
async function searcher(
  query: Query,
  { residentId, movingReservationId }: Request,
): Promise<Result<Searcher, Refusal<'copy_stale' | 'reservation_not_found'>>> {
  const person = await findPerson(query, residentId);
  if (!person) return refuse('copy_stale');
  if (movingReservationId === undefined) return ok({ person });
  const moving = await findPlace(query, residentId, movingReservationId);
  if (!moving) return refuse('reservation_not_found');
  const { programmeCode } = moving;
  return ok({ person: withoutBooking(person, movingReservationId), programmeCode });
}

/** Why nothing is free, beside the rules; nothing to say where no day is allowed. */
async function nothingFree(query: Query, wanted: SlotsWanted) {
  if (wanted.days.length === 0) return { reasons: [] };
  const meant = await slotsMeant(query, wanted);
  return {
    reasons: whyNothingFree(meant, wanted.channel),
    ...(meant.opensAt ? { nextOpening: meant.opensAt.toISOString() } : {}),
  };
}

/**
 * Free slots for a person over all venues, with the reasons why days were left out and, where nothing is
 * free, what became of the seats.
 */
export function findFreeSlots(runtime: Runtime): Handler<typeof FindFreeSlots> {
  return async (request, context) => {
    if (!mayLookForSeats(context.grant?.purposes ?? [])) return refuse('purpose_not_allowed');
    const { cursor: given, limit, ...search } = request;
    const cursor = pageCursor(runtime.eventKey, { actorId: context.actor.sub, search });
    const after = given === undefined ? undefined : cursor.read(given);
    if (given !== undefined && !after) return refuse('malformed_request', { items: ['cursor'] });
    return runtime.database.transaction(context.who, async (tx) => {
      const searching = await searcher(tx.query, request);
      if (!searching.ok) return searching;
      const allowed = daysAllowed(
        request,
        searching.value,
        await readRulebook(tx.query, runtime.clock.now()),
      );
      const wanted = {
        ...search,
        channel: channelOf(context.actor.role),
        days: searchedDays(allowed, request.view),
        now: runtime.clock.now(),
      };
      const rows =
        wanted.days.length === 0 ? [] : await findFree(tx.query, wanted, { limit, after });
      const none = rows.length > 0 || after ? { reasons: [] } : await nothingFree(tx.query, wanted);
      tx.audit({
        action: 'search',
        operation: 'reservations.find-free-slots',
        outcome: 'done',
        residents: [request.residentId],
        fieldClasses: ['birth', 'dose'],
        detail: { rows: rows.length },
      });
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return ok({
        ...none,
        slots: rows.map((row) => slotView(row, freeFor(row, wanted.channel))),
        reasons: [...allowed.reasons.map(reasonSentence), ...none.reasons],
        ...(allowed.earliest ? { earliestDate: allowed.earliest } : {}),
        ...(last ? { nextCursor: cursor.write([last.date, last.startsAtTime, last.slotId]) } : {}),
      });
    });
  };
}
