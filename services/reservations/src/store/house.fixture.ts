import type { Role, SessionChange } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import { openDatabase } from '@madoguchi/database';
import { addDays, newId, tokyoDate, tokyoInstant } from '@madoguchi/kernel';
import type { Handler, OperationContext } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { MUNICIPALITY, testWorld } from '@madoguchi/testing/test-world';
import { acceptOffer } from '../accept-offer/accept-offer.ts';
import { bookCompanion } from '../book-companion/book-companion.ts';
import { bookGroup } from '../book-group/book-group.ts';
import { bookPair } from '../book-pair/book-pair.ts';
import { bookSlot } from '../book-slot/book-slot.ts';
import { bookWalkIn } from '../book-walk-in/book-walk-in.ts';
import { cancelReservation } from '../cancel-reservation/cancel-reservation.ts';
import { changeCapacity } from '../change-capacity/change-capacity.ts';
import { changeReservation } from '../change-reservation/change-reservation.ts';
import { closeSession } from '../close-session/close-session.ts';
import { declineOffer } from '../decline-offer/decline-offer.ts';
import { endWaiting } from '../end-waiting/end-waiting.ts';
import { expireHolds } from '../expire-holds/expire-holds.ts';
import { expireOffers } from '../expire-offers/expire-offers.ts';
import type { reservationsConfig } from '../config.ts';
import { PrismaClient } from '../generated/client.ts';
import { holdSlot } from '../hold-slot/hold-slot.ts';
import { joinWaitingList } from '../join-waiting-list/join-waiting-list.ts';
import { leaveWaitingList } from '../leave-waiting-list/leave-waiting-list.ts';
import { offerFreedSeats } from '../offer-freed-seats/offer-freed-seats.ts';
import { openSession } from '../open-session/open-session.ts';
import { applyQuotas } from '../plan-quotas/apply-quotas.ts';
import { planQuotas } from '../plan-quotas/plan-quotas.ts';
import { recordAttendance } from '../record-attendance/record-attendance.ts';
import { reopenSession } from '../reopen-session/reopen-session.ts';
import { seedAlone } from '../seed-demo/seed-alone.ts';
import { DEMO_PRODUCT } from '../seed-demo/seed-demo.ts';
import { seekFreeSeats } from '../seek-free-seats/seek-free-seats.ts';
import { settleWorkItems } from '../settle-work-items/settle-work-items.ts';
import { agreedBeside } from './agreed-beside.fixture.ts';
import type { CrashPoint } from './crash-point.fixture.ts';
import { crashPoints } from './crash-point.fixture.ts';
import { EMPTY, IN_VAIN, SEEN, WRONG } from './house-tables.fixture.ts';

export const VENUE = '1312300011';
export const PEOPLE = 5;
/** Seats of the slots of the day, then of those three weeks later; one of each is the telephone's. */
const SEATS = [2, 1, 1, 2, 1, 1] as const;
export const SLOTS_A_DAY = 3;
const APART_DAYS = 21;

type OwnRuntime = Runtime<PrismaClient, typeof reservationsConfig>;

/** Everything that is asked of reservations; a new set of them is a process that started again. */
const handlers = (runtime: OwnRuntime) => ({
  book: bookSlot(runtime),
  hold: holdSlot(runtime),
  change: changeReservation(runtime),
  cancel: cancelReservation(runtime),
  pair: bookPair(runtime),
  group: bookGroup(runtime),
  companion: bookCompanion(runtime),
  walkIn: bookWalkIn(runtime),
  attend: recordAttendance(runtime),
  join: joinWaitingList(runtime),
  leave: leaveWaitingList(runtime),
  accept: acceptOffer(runtime),
  decline: declineOffer(runtime),
  close: closeSession(runtime),
  reopen: reopenSession(runtime),
  cut: changeCapacity(runtime),
  promise: planQuotas(runtime),
});
export type HouseVerb = keyof ReturnType<typeof handlers>;

const jobs = (runtime: OwnRuntime) => ({
  expire: async () => {
    await expireHolds(runtime)();
    await expireOffers(runtime)();
    await endWaiting(runtime)();
  },
  offer: async () => {
    await offerFreedSeats(runtime)();
    await seekFreeSeats(runtime)();
  },
  settle: async () => {
    await applyQuotas(runtime)();
    await settleWorkItems(runtime)();
  },
});
export type Job = keyof ReturnType<typeof jobs>;

export type HouseAsked = {
  verb: HouseVerb;
  request: Record<string, unknown>;
  role: Role;
  caseId: string;
  key: string;
};
export type HouseAnswer = { ok: boolean; value?: unknown; refusal?: { code: string } };
export type Tables = Record<string, readonly string[]>;

const actorOf = (role: Role): string => `test-${role}`;

function contextOf({ role, key, caseId }: HouseAsked, residents: string[]): OperationContext {
  const actorId = actorOf(role);
  const correlationId = newId();
  return {
    actor: { sub: actorId, role, venueCodes: [VENUE] },
    grant: { caseId, residents, purposes: ['reservation', 'venue-day'] },
    permit: { caseId, kind: 'venue-visit' },
    idempotencyKey: key,
    municipalityCode: MUNICIPALITY,
    correlationId,
    who: { municipalityCode: MUNICIPALITY, actorId, role, correlationId, caseId },
  } as unknown as OperationContext;
}

type Sql = <Row = Record<string, unknown>>(text: string, values?: unknown[]) => Promise<Row[]>;

/** One venue, the same three times on two days three weeks apart, and a few people. */
async function furnish(sql: Sql, runtime: OwnRuntime) {
  await seedAlone(runtime);
  await sql('DELETE FROM slot');
  await sql('DELETE FROM session');
  // The same few people act in all histories, and calls are made at any time.
  await sql('UPDATE budget SET most = 1000000000');
  await sql(
    `UPDATE waitlist_setting SET calls_on_holidays = true, calling_from = '00:00', calling_to = '23:59', phone_minutes = 5,
       shortest_minutes = 1, offers_to_miss = 2, calling_weekdays = ARRAY[0,1,2,3,4,5,6]`,
  );
  const people = Array.from({ length: PEOPLE }, newId);
  await sql(
    `INSERT INTO resident_copy (resident_id, version, date_of_birth, residency, refer)
     SELECT id, 1, '1960-01-01', '[{"from":"1960-01-01","to":null}]', false FROM unnest($1::uuid[]) AS id`,
    [people],
  );
  const today = tokyoDate(runtime.clock.now());
  const sessions: string[] = [];
  for (const day of [today, addDays(today, APART_DAYS)]) {
    const quotas = { phone: 1, web: 0, staff: 0, 'walk-in': 0 };
    const pattern = { startsAt: '16:00', endsAt: '16:30', slotMinutes: 10, gaps: [] };
    const request = {
      venueCode: VENUE,
      day,
      productCode: DEMO_PRODUCT,
      pattern: { ...pattern, capacity: 1, extraAtStart: 1, quotas },
      opensAt: new Date(runtime.clock.now().getTime() - 60_000).toISOString(),
    };
    const asked = {
      verb: 'close',
      role: 'operations-manager',
      key: newId(),
      caseId: newId(),
    } as const;
    const opened = await openSession(runtime)(request, contextOf({ ...asked, request }, []));
    if (!opened.ok) throw new Error(opened.refusal.code);
    sessions.push(opened.value.sessionId);
  }
  const slots = await sql<{ id: string; startsAt: string }>(
    'SELECT id, starts_at AS "startsAt" FROM slot ORDER BY day, starts_at',
  );
  return { people, sessions, slots };
}

/** What the tables of a house say since they were last emptied. */
function tablesOf(read: Query, of: { people: string[]; slots: readonly { id: string }[] }) {
  const places = of.slots.map(({ id }) => id);
  let told = '0';
  let logged = '0';
  const last = async (text: string): Promise<string> =>
    (await read<{ last: string | null }>(text))[0]?.last ?? '0';
  const logEnd = () => last('SELECT max(position) AS last FROM relay.audit_entry');
  /** What was done is logged once; what was refused, as often as it was asked. */
  const logLength = async (): Promise<number> => {
    const [row] = await read<{ entries: number }>(
      `SELECT count(*)::int AS entries FROM relay.audit_entry
       WHERE position > $1::bigint AND entry->>'outcome' = 'done'`,
      [logged],
    );
    return row?.entries ?? 0;
  };
  return {
    async empty(): Promise<void> {
      await read(EMPTY, [places, SEATS]);
      told = await last('SELECT max(position) AS last FROM relay.outbox');
      logged = await logEnd();
    },
    async seen(): Promise<Tables> {
      const parts = await read<{ part: string; lines: string[] }>(SEEN, [places, of.people, told]);
      const entries = await logLength();
      const tables = Object.fromEntries(parts.map(({ part, lines }) => [part, lines]));
      return { ...tables, log: [String(entries)] };
    },
    wrong: () => read<{ wrong: string; id: string }>(WRONG, [told]),
    waitingInVain: (now: Date) => read<{ id: string }>(IN_VAIN, [now]),
  };
}

/** Reservations' own code over a real database, without messaging, that crashes where it is told to. */
export async function house() {
  const world = await testWorld();
  const { DATABASE_URL: url = '' } = await world.environmentOf('reservations');
  const sql: Sql = (text, values) => world.sql('reservations', text, values);
  const open = (name: string) =>
    openDatabase({ url, name, poolSize: 6, prisma: (adapter) => new PrismaClient({ adapter }) });
  const [database, beside] = [open('crashing'), open('beside')];
  const crashes = crashPoints(database.pool, (pid) =>
    beside.read('SELECT pg_terminate_backend($1)', [pid]),
  );
  // A little before the slots of the day, so that some begin while a history lasts.
  const start = tokyoInstant(addDays(tokyoDate(new Date()), 1), '15:40').getTime();
  let late = 0;
  const clock = { now: () => new Date(start + late) };
  const runtime = {
    database,
    clock,
    config: { MUNICIPALITY_CODE: MUNICIPALITY, EMERGENCY_CONFIRM_HOURS: 24 },
    connection: { name: 'reservations' },
    signal: () => undefined,
    telemetry: { log: { warn: () => undefined } },
  } as unknown as OwnRuntime;
  const { people, sessions, slots } = await furnish(sql, runtime);

  const tables = tablesOf(beside.read, { people, slots });
  let running = handlers(runtime);
  return {
    people,
    sessions,
    slots,
    now: () => clock.now(),
    look: beside.read,
    /** A second person's approval of a change by who administers, as it would have come. */
    agreed: (change: SessionChange) =>
      agreedBeside(beside.read, change, {
        proposedBy: actorOf('operations-manager'),
        now: clock.now(),
      }),
    arm: (point: CrashPoint | undefined): void => crashes.arm(point),
    disarm: crashes.disarm,
    hadCommitted: crashes.hadCommitted,
    ask: (asked: HouseAsked): Promise<HouseAnswer> =>
      (running[asked.verb] as unknown as Handler<never>)(
        asked.request as never,
        contextOf(asked, people),
      ),
    work: (job: Job): Promise<void> => jobs(runtime)[job](),
    startAgain(): void {
      crashes.revive();
      running = handlers(runtime);
    },
    wait: (ms: number): void => void (late += ms),
    async reset(): Promise<void> {
      late = 0;
      crashes.revive();
      await tables.empty();
    },
    seen: () => tables.seen(),
    wrong: () => tables.wrong(),
    waitingInVain: () => tables.waitingInVain(clock.now()),
    async stop(): Promise<void> {
      await database.close();
      await beside.close();
      await world.stop();
    },
  };
}

export type House = Awaited<ReturnType<typeof house>>;
