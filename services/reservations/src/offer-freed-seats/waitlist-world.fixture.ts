import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import { eventually } from '@madoguchi/testing/test-world';
import type { ReservationsWorld } from '../store/reservations-world.fixture.ts';
import { reservationsWorld } from '../store/reservations-world.fixture.ts';

type Join = Partial<contract.RequestOf<typeof contract.joinWaitingList>>;

type Sql = ReservationsWorld['sql'];

/** What the tables say of slots and entries. */
const looksInto = (sql: Sql) => ({
  /** No seat is on its way down the list any more. */
  settled: () =>
    eventually('kept seats to find an owner', async () => {
      const rows = await sql('SELECT 1 FROM kept_seat');
      return rows.length === 0;
    }),
  counts: async (slotId: string) => {
    const [row] = await sql<Record<string, number>>(
      `SELECT booked, held, phone_taken AS phone, web_taken AS web FROM slot WHERE id = $1`,
      [slotId],
    );
    return row;
  },
  stateOf: async (entryId: string) => {
    const [row] = await sql(
      `SELECT state, end_reason AS "endReason", offers_missed AS missed FROM waiting_entry WHERE id = $1`,
      [entryId],
    );
    return row;
  },
  events: (entryId: string) =>
    sql<{ fact: string }>(
      `SELECT split_part(subject, '.', 4) AS fact FROM relay.outbox
       WHERE aggregate_id = $1 ORDER BY position`,
      [entryId],
    ).then((rows) => rows.map((row) => row.fact)),
});

/** A slot of so many seats, promised to the telephone but for those of the web, on a day of its own. */
function slotMaker(sql: Sql) {
  let days = 20;
  return async (capacity: number, web = 0) => {
    days += 1;
    const day = addDays(tokyoDate(new Date()), days % 40);
    const [row] = await sql<{ id: string; venueCode: string; startsAt: string }>(
      `UPDATE slot SET capacity = $2, phone_quota = $3, web_quota = $4, staff_quota = 0, walk_in_quota = 0
       WHERE id =
         (SELECT id FROM slot WHERE day = $1 AND booked + held = 0 AND capacity > 3 ORDER BY starts_at, id LIMIT 1)
       RETURNING id, venue_code AS "venueCode", starts_at AS "startsAt"`,
      [day, capacity, capacity - web, web],
    );
    if (!row) throw new Error('no slot left');
    return { ...row, day };
  };
}
type Slot = Awaited<ReturnType<ReturnType<typeof slotMaker>>>;

/** The service with one slot to a test, people who wait, and a clock that can be put forward. */
export async function waitlistWorld() {
  let late = 0;
  const clock = { now: () => new Date(Date.now() + late) };
  const world: ReservationsWorld = await reservationsWorld({ clock });
  const { sql } = world;
  // Calls are made at any time, so that the tests pass at any time.
  await sql(
    `UPDATE waitlist_setting SET calls_on_holidays = true, calling_from = '00:00', calling_to = '23:59',
       calling_weekdays = ARRAY[0,1,2,3,4,5,6]`,
  );
  const call = async <O extends contract.AnyOperation>(
    operation: O,
    residentId: string,
    request: Record<string, unknown>,
  ) =>
    world.call(operation, { residentId, ...request } as never, {
      ...(await world.serving(residentId)),
      idempotencyKey: newId(),
    });
  /** For this slot only, or whatever is free beside it would be theirs at once. */
  const join = async (slot: Slot, changes: Join = {}) => {
    const residentId = changes.residentId ?? (await world.resident());
    const joined = await call(contract.joinWaitingList, residentId, {
      doseNumber: 1,
      from: slot.day,
      to: slot.day,
      venueCode: slot.venueCode,
      timeFrom: slot.startsAt,
      timeTo: `${slot.startsAt.slice(0, 4)}5`,
      reach: 'phone',
      ...changes,
      residentId,
    });
    if (!joined.ok) throw new Error(joined.refusal.code);
    return { residentId, ...joined.value };
  };
  const cancel = async (booked: { residentId: string; reservationId: string }) => {
    const { residentId, reservationId } = booked;
    const done = await call(contract.cancelReservation, residentId, {
      reservationId,
      reason: 'own-wish',
    });
    if (!done.ok) throw new Error(done.refusal.code);
  };
  const offerTo = async (entryId: string) => {
    const [row] = await sql<{ id: string; slotId: string; expiresAt: Date }>(
      `SELECT id, slot_id AS "slotId", expires_at AS "expiresAt" FROM waitlist_offer
       WHERE entry_id = $1 AND state = 'open'`,
      [entryId],
    );
    return row;
  };
  return {
    ...world,
    clock,
    slotOf: slotMaker(sql),
    ...looksInto(sql),
    ask: call,
    join,
    cancel,
    offerTo,
    putForward: (minutes: number) => void (late += minutes * 60_000),
    offered: (entryId: string) => eventually('an offer', () => offerTo(entryId)),
  };
}
export type WaitlistWorld = Awaited<ReturnType<typeof waitlistWorld>>;
