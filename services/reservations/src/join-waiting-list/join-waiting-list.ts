import type { joinWaitingList as JoinWaitingList, RequestOf } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import { idempotent } from '@madoguchi/database';
import { daysBetween, newId, ok, refuse, tokyoDate } from '@madoguchi/kernel';
import type { Handler, OperationContext } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import { countedIn } from '../domain/budget-subjects.ts';
import { channelOf } from '../domain/channel.ts';
import { mayBook } from '../domain/purposes.ts';
import { refusedFor } from '../domain/reason.ts';
import { reasonAgainstWaiting, seatsFrom } from '../domain/waiting.ts';
import { isBarred } from '../store/budget-store.ts';
import { keepSeatFor } from '../store/free-seat-for.ts';
import { findPerson } from '../store/person-store.ts';
import { readRulebook } from '../store/rulebook-store.ts';
import { offerSeat, whoseTurn } from '../store/seat-turn.ts';
import { slotView } from '../store/slot-store.ts';
import { lockResident } from '../store/take-seat.ts';
import { areFilled } from '../store/feed-store.ts';
import { isAnyVenue } from '../store/venue-store.ts';
import type { NewEntry, WaitingRow } from '../store/waiting-store.ts';
import { insertEntry, waitsAlready } from '../store/waiting-store.ts';

type Request = RequestOf<typeof JoinWaitingList>;
const OPERATION = 'reservations.join-waiting-list';
const LONGEST_RANGE_DAYS = 120;
/** Who just joined is still on the telephone: nobody has to call them meanwhile. */
const ON_THE_LINE_MS = 300_000;

/** Whether waiting makes sense at all: the place is there, and the rules allow some day of the range. */
async function mayWait(tx: Transaction, request: Request, now: Date) {
  const today = tokyoDate(now);
  const wanted = seatsFrom(today, request);
  const { from, to } = wanted;
  if (to < today) return refuse('slot_in_past');
  if (daysBetween(from, to) >= LONGEST_RANGE_DAYS) return refuse('waiting_range_too_long');
  if (!(await isAnyVenue(tx.query, request))) return refuse('venue_not_found');
  const person = await findPerson(tx.query, request.residentId);
  if (!person || !(await areFilled(tx.query))) return refuse('copy_stale');
  const rules = await readRulebook(tx.query, now);
  const reason = reasonAgainstWaiting(person, wanted, rules);
  return reason ? refusedFor(reason) : ok(undefined);
}

/**
 * The seat that is free already: kept at once while who asks is on the line, unless somebody ahead in the list
 * could have it too. Then it is kept for them, and the job looks for another for who came later.
 */
async function offerFreeSeat(tx: Transaction, entry: WaitingRow, now: Date) {
  const seat = await keepSeatFor(tx, entry, now);
  const turn = seat && (await whoseTurn(tx, seat, now));
  if (!seat || turn?.end !== 'owner') return null;
  const { owner } = turn;
  // Whoever is ahead hears of it from the job, in its own name.
  if (owner.entry.id !== entry.id) return null;
  const { slot } = owner;
  const { until } = owner.time;
  const from = new Date(Math.max(owner.time.from.getTime(), now.getTime() + ON_THE_LINE_MS));
  const time = { until, from: from < until ? from : until };
  const offerId = await offerSeat(tx, seat, { ...owner, time, now, operation: OPERATION });
  return {
    offerId,
    slot: slotView(slot, 0),
    offeredAt: now.toISOString(),
    expiresAt: until.toISOString(),
  };
}

type Asked = { request: Request; context: OperationContext; now: Date };

const entryOf = ({ request, context, now }: Asked): NewEntry => ({
  id: newId(),
  municipalityCode: context.municipalityCode,
  residentId: request.residentId,
  doseNumber: request.doseNumber,
  venueCode: request.venueCode ?? null,
  town: request.town ?? null,
  productCode: request.productCode ?? null,
  from: request.from,
  to: request.to,
  timeFrom: request.timeFrom ?? null,
  timeTo: request.timeTo ?? null,
  reach: request.reach,
  channel: channelOf(context.actor.role),
  joinedBy: context.actor.sub,
  joinedAt: now,
});

async function join(tx: Transaction, asked: Asked) {
  const { request, context, now } = asked;
  const { residentId, doseNumber, reach } = request;
  const { municipalityCode } = context;
  await lockResident(tx, residentId);
  const counted = countedIn(context, residentId);
  if (await isBarred(tx, 'hoarding', { counted, now, operation: OPERATION }))
    return refuse('seat_budget_exceeded');
  if (await waitsAlready(tx.query, { municipalityCode, residentId, doseNumber }))
    return refuse('already_waiting');
  const allowed = await mayWait(tx, request, now);
  if (!allowed.ok) return allowed;
  const entry = await insertEntry(tx.query, entryOf(asked));
  const { id: entryId, ticketNumber } = entry;
  tx.audit({
    action: 'change',
    operation: OPERATION,
    outcome: 'done',
    residents: [residentId],
    detail: { entryId, dose: doseNumber, reach },
  });
  return ok({ entryId, ticketNumber, offer: await offerFreeSeat(tx, entry, now) });
}

/** Puts somebody on the waiting list, once for each dose; a seat that is free already is kept for them at once. */
export function joinWaitingList(runtime: Runtime): Handler<typeof JoinWaitingList> {
  return async (request, context) => {
    if (!mayBook(context.grant?.purposes ?? [])) return refuse('purpose_not_allowed');
    const command = commandOf(context, OPERATION, request);
    const now = runtime.clock.now();
    return runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, () => join(tx, { request, context, now })),
    );
  };
}
