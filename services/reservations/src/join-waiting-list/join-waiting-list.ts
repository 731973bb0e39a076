import type { joinWaitingList as JoinWaitingList, RequestOf } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import { idempotent } from '@madoguchi/database';
import type { CalendarDate } from '@madoguchi/kernel';
import { daysBetween, newId, ok, refuse, tokyoDate } from '@madoguchi/kernel';
import type { Handler, OperationContext } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import { channelOf } from '../domain/channel.ts';
import { refusedFor } from '../domain/reason.ts';
import { reasonAgainstWaiting } from '../domain/waiting.ts';
import { findPerson } from '../store/person-store.ts';
import { readRulebook } from '../store/rulebook-store.ts';
import { lockResident } from '../store/take-seat.ts';
import { isAnyVenue } from '../store/venue-store.ts';
import { insertEntry, waitsAlready } from '../store/waiting-store.ts';

type Request = RequestOf<typeof JoinWaitingList>;
const OPERATION = 'reservations.join-waiting-list';
const LONGEST_RANGE_DAYS = 120;

/** Whether waiting makes sense at all: the place is there, and the rules allow some day of the range. */
async function mayWait(tx: Transaction, request: Request, now: Date) {
  const today = tokyoDate(now);
  const from = (request.from < today ? today : request.from) as CalendarDate;
  const to = request.to as CalendarDate;
  if (to < today) return refuse('slot_in_past');
  if (daysBetween(from, to) >= LONGEST_RANGE_DAYS) return refuse('waiting_range_too_long');
  if (!(await isAnyVenue(tx.query, request))) return refuse('venue_not_found');
  const person = await findPerson(tx.query, request.residentId);
  if (!person) return refuse('copy_stale');
  const { doseNumber, productCode } = request;
  const rules = await readRulebook(tx.query, now);
  const reason = reasonAgainstWaiting(person, { doseNumber, productCode, from, to }, rules);
  return reason ? refusedFor(reason) : ok(undefined);
}

async function join(
  runtime: Runtime,
  tx: Transaction,
  asked: { request: Request; context: OperationContext },
) {
  const { request, context } = asked;
  const { residentId, doseNumber } = request;
  const { municipalityCode } = context;
  const now = runtime.clock.now();
  await lockResident(tx, residentId);
  if (await waitsAlready(tx.query, { municipalityCode, residentId, doseNumber }))
    return refuse('already_waiting');
  const allowed = await mayWait(tx, request, now);
  if (!allowed.ok) return allowed;
  const entryId = newId();
  const ticketNumber = await insertEntry(tx.query, {
    id: entryId,
    municipalityCode,
    residentId,
    doseNumber,
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
  tx.audit({
    action: 'change',
    operation: OPERATION,
    outcome: 'done',
    residents: [residentId],
    detail: { entryId, dose: doseNumber, reach: request.reach },
  });
  return ok({ entryId, ticketNumber });
}

/** Puts somebody on the waiting list, once for each dose. */
export function joinWaitingList(runtime: Runtime): Handler<typeof JoinWaitingList> {
  return (request, context) => {
    const command = commandOf(context, OPERATION, request);
    return runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, () => join(runtime, tx, { request, context })),
    );
  };
}
