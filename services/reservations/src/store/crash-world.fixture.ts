import type { Channel, Role } from '@madoguchi/contracts';
import { openDatabase } from '@madoguchi/database';
import { newId } from '@madoguchi/kernel';
import type { Handler, OperationContext } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { MUNICIPALITY, testWorld } from '@madoguchi/testing/test-world';
import { bookSlot } from '../book-slot/book-slot.ts';
import { cancelReservation } from '../cancel-reservation/cancel-reservation.ts';
import { changeReservation } from '../change-reservation/change-reservation.ts';
import { endHolds, expireHolds } from '../expire-holds/expire-holds.ts';
import { PrismaClient } from '../generated/client.ts';
import { holdSlot } from '../hold-slot/hold-slot.ts';
import { releaseHold } from '../hold-slot/release-hold.ts';
import { seedAlone } from '../seed-demo/seed-alone.ts';
import type { CrashPoint } from './crash-point.fixture.ts';
import { crashPoints } from './crash-point.fixture.ts';

/** Seats of the slots a history plays on; the rest of a slot is promised to nobody. */
export const SLOTS = [
  { capacity: 1, phone: 1, web: 0 },
  { capacity: 2, phone: 1, web: 1 },
  { capacity: 3, phone: 1, web: 1 },
] as const;
export const PEOPLE = 4;

/** Everything that can be asked; a new set of them is a process that started again. */
const handlers = (runtime: Runtime) => ({
  book: bookSlot(runtime),
  hold: holdSlot(runtime),
  release: releaseHold(runtime),
  change: changeReservation(runtime),
  cancel: cancelReservation(runtime),
});
type Handlers = ReturnType<typeof handlers>;
export type Verb = keyof Handlers;

export type Asked = {
  verb: Verb;
  request: Record<string, unknown>;
  role: Role;
  key: string;
  caseId: string;
};
export type Answer = { ok: boolean; value?: never; refusal?: { code: string } };

/** The tables as a history sees them: people and slots by their places, seats sorted. */
export type Seen = {
  counts: { booked: number; held: number; phone: number; web: number }[];
  bookings: string[];
  holds: string[];
};
export const seatName = (person: number, slot: number, channel: Channel): string =>
  `${person} on ${slot} by ${channel}`;

const RESET = /* sql */ `
WITH gone AS (DELETE FROM hold), free AS (DELETE FROM reservation), unused AS (DELETE FROM budget_use)
UPDATE slot SET booked = 0, held = 0, phone_taken = 0, web_taken = 0, staff_taken = 0, walk_in_taken = 0
WHERE booked + held > 0`;

const SEEN = /* sql */ `
SELECT (SELECT json_agg(json_build_object('booked', booked, 'held', held, 'phone', phone_taken, 'web', web_taken)
    ORDER BY array_position($1::uuid[], id)) FROM slot WHERE id = ANY($1::uuid[])) AS counts,
  (SELECT coalesce(json_agg(json_build_object('person', array_position($2::uuid[], resident_id) - 1,
    'slot', array_position($1::uuid[], slot_id) - 1, 'channel', channel)), '[]') FROM reservation
    WHERE state = 'booked') AS bookings,
  (SELECT coalesce(json_agg(json_build_object('person', array_position($2::uuid[], resident_id) - 1,
    'slot', array_position($1::uuid[], slot_id) - 1, 'channel', channel)), '[]') FROM hold) AS holds`;

type Sql = <Row = Record<string, unknown>>(text: string, values?: unknown[]) => Promise<Row[]>;

/** A few slots with few seats, and a few people. */
async function setTheStage(sql: Sql) {
  const rows = await sql<{ id: string }>(
    `SELECT id FROM slot WHERE day > current_date + 2 ORDER BY id LIMIT ${SLOTS.length}`,
  );
  const slots = rows.map(({ id }) => id);
  for (const [index, seats] of SLOTS.entries())
    await sql(
      'UPDATE slot SET capacity = $2, phone_quota = $3, web_quota = $4, walk_in_quota = 0 WHERE id = $1',
      [slots[index], seats.capacity, seats.phone, seats.web],
    );
  // The same few people act in all histories; how often is not what is looked at here.
  await sql('UPDATE budget SET most = 1000000000');
  const people = Array.from({ length: PEOPLE }, newId);
  await sql(
    `INSERT INTO resident_copy (resident_id, version, date_of_birth, residency, refer)
     SELECT id, 1, '1960-01-01', '[{"from":"1960-01-01","to":null}]', false FROM unnest($1::uuid[]) AS id`,
    [people],
  );
  return { slots, people };
}

function contextOf({ role, key, caseId }: Asked, residents: string[]): OperationContext {
  const actorId = `test-${role}`;
  const correlationId = newId();
  const who = { municipalityCode: MUNICIPALITY, actorId, role, correlationId, caseId };
  return {
    actor: { sub: actorId, role },
    grant: { caseId, residents, purposes: ['reservation'] },
    idempotencyKey: key,
    municipalityCode: MUNICIPALITY,
    correlationId,
    who,
  } as unknown as OperationContext;
}

/** Reservations' own code over a real database, without messaging, that crashes where it is told to. */
export async function crashWorld() {
  const world = await testWorld();
  const { DATABASE_URL: url = '' } = await world.environmentOf('reservations');
  const sql: Sql = (text, values) => world.sql('reservations', text, values);
  const open = (name: string) =>
    openDatabase({ url, name, poolSize: 6, prisma: (adapter) => new PrismaClient({ adapter }) });
  const database = open('crashing');
  // Looks and resets go another way, so that no crash meets them.
  const beside = open('beside');
  const crashes = crashPoints(database.pool, (pid) =>
    sql('SELECT pg_terminate_backend($1)', [pid]),
  );
  let late = 0;
  const started = Date.now();
  const clock = { now: () => new Date(started + late) };
  const config = { MUNICIPALITY_CODE: MUNICIPALITY };
  const runtime = {
    database,
    clock,
    config,
    connection: { name: 'reservations' },
    signal: () => undefined,
  } as unknown as Runtime;
  await seedAlone({ database: beside, clock, config } as never);
  const { slots, people } = await setTheStage(sql);

  let running = handlers(runtime);
  return {
    slots,
    people,
    sql,
    arm: (point: CrashPoint | undefined): void => crashes.arm(point),
    disarm: crashes.disarm,
    hadCommitted: crashes.hadCommitted,
    ask: (asked: Asked): Promise<Answer> =>
      (running[asked.verb] as unknown as Handler<never>)(
        asked.request as never,
        contextOf(asked, people),
      ),
    /** A crash takes what was in memory with it. */
    startAgain(): void {
      crashes.revive();
      running = handlers(runtime);
    },
    expire: () => expireHolds(runtime)(),
    endCase: (caseId: string) => endHolds(runtime, { caseId }),
    wait: (ms: number): void => void (late += ms),
    async reset(): Promise<void> {
      late = 0;
      await beside.read(RESET);
    },
    async seen(): Promise<Seen> {
      type Seat = { person: number; slot: number; channel: Channel };
      const [row] = await beside.read<{ counts: Seen['counts']; bookings: Seat[]; holds: Seat[] }>(
        SEEN,
        [slots, people],
      );
      if (!row) throw new Error('nothing to see');
      const names = (seats: Seat[]) =>
        seats.map((one) => seatName(one.person, one.slot, one.channel)).toSorted();
      return { counts: row.counts, bookings: names(row.bookings), holds: names(row.holds) };
    },
    async stop(): Promise<void> {
      await database.close();
      await beside.close();
      await world.stop();
    },
  };
}

export type CrashWorld = Awaited<ReturnType<typeof crashWorld>>;
