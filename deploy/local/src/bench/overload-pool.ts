import type { AnyOperation, Role } from '@madoguchi/contracts';
import { bookSlot, OPERATIONS } from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import type { CallContext } from '@madoguchi/messaging';
import type { BookingWorld } from './booking-world.ts';
import { asOwner, withBookings } from './booking-world.ts';
import type { Meant } from './overload-requests.ts';
import { overloadRequest } from './overload-requests.ts';
import { percentile, rounded } from './statistics.ts';
import type { ServiceUnderTest } from './with-service.ts';
import { say } from './with-service.ts';

/** Ten times the connections of the pool as it is by default. */
const CALLERS = 100;
const ALONE_SECONDS = Number(process.env['BENCH_SECONDS'] ?? 2);
const MIXED_SECONDS = ALONE_SECONDS * 10;
/** An answer that comes this much after its deadline has not kept it. */
const GRACE_MS = 250;
const ROLES: readonly Role[] = ['operator', 'city-staff', 'venue-staff', 'operations-manager'];

/** Residents of a caller: the first has a booking, the others come in turn for what takes a seat. */
const RESIDENTS = 40;
const OF_NEWCOMERS: ReadonlySet<string> = new Set([
  'hold-slot',
  'book-slot',
  'book-pair',
  'book-companion',
  'book-walk-in',
  'join-waiting-list',
]);
const VENUE = '0000000001';

type Caller = {
  meantBy: (operation: AnyOperation) => Meant;
  contextOf: (operation: AnyOperation) => CallContext;
};

/** A caller with whatever any operation asks for in hand. */
async function makeCaller(
  { tokens, call }: ServiceUnderTest,
  world: BookingWorld,
  index: number,
): Promise<Caller> {
  const residents = world.residents.slice(index * RESIDENTS, (index + 1) * RESIDENTS);
  const [residentId = ''] = residents;
  let turn = 0;
  const slotOf = (): string => world.slots[Math.floor(Math.random() * world.slots.length)] ?? '';
  const contexts = new Map<Role, CallContext>();
  for (const role of ROLES) {
    const actor = await tokens.actor(role, { venueCodes: [VENUE] });
    const kind = role === 'venue-staff' ? ('venue-visit' as const) : ('call' as const);
    const { caseId, token: permit } = await tokens.permit(actor.id, { kind });
    const grant = await tokens.grant({
      operatorId: actor.id,
      role,
      residents,
      purposes: ['reservation'],
      caseId,
    });
    contexts.set(role, { actorToken: actor.token, permit, grant });
  }
  const contextOf = (operation: AnyOperation): CallContext => {
    const role = ROLES.find((one) => operation.allow !== 'anyone' && operation.allow.includes(one));
    const { permit, ...context } = contexts.get(role ?? 'operator') ?? {};
    return {
      ...context,
      ...(operation.needs === 'nothing' ? { grant: undefined } : { permit }),
      ...(operation.idempotent ? { idempotencyKey: newId() } : {}),
    };
  };
  const booked = await call(
    bookSlot,
    { residentId, doseNumber: 1, slotId: slotOf() },
    contextOf(bookSlot),
  );
  const reservationId = booked.ok ? booked.value.reservationId : newId();
  return {
    contextOf,
    meantBy(operation) {
      turn = (turn + 1) % RESIDENTS;
      const newcomers = [...residents.slice(turn), ...residents.slice(0, turn)];
      return {
        residentId: (OF_NEWCOMERS.has(operation.name) ? newcomers[0] : undefined) ?? residentId,
        others: newcomers,
        reservationId,
        slotId: slotOf(),
        venueCode: VENUE,
      };
    },
  };
}

type Tally = {
  times: number[];
  /** The longest of each operation, milliseconds. */
  worst: Map<string, number>;
  late: number;
  faults: number;
  codes: Map<string, number>;
};

async function callOnce(
  under: ServiceUnderTest,
  caller: Caller,
  asked: { operation: AnyOperation; tally: Tally },
): Promise<void> {
  const { operation, tally } = asked;
  const request = overloadRequest(operation, caller.meantBy(operation));
  const start = performance.now();
  const answer = await under.call(operation, request, caller.contextOf(operation));
  const took = performance.now() - start;
  tally.times.push(took);
  tally.worst.set(operation.name, Math.max(took, tally.worst.get(operation.name) ?? 0));
  const code = answer.ok ? 'done' : answer.refusal.code;
  tally.codes.set(code, (tally.codes.get(code) ?? 0) + 1);
  if (took > operation.timeLimitMs + GRACE_MS) tally.late += 1;
  // The caller gave up waiting: nobody answered.
  else if (code === 'deadline_exceeded' && took >= operation.timeLimitMs - 5) tally.late += 1;
  if (code === 'internal_fault') tally.faults += 1;
}

/** A hundred callers, each one call after the other, of one operation or of all in turn. */
async function overload(
  under: ServiceUnderTest,
  callers: readonly Caller[],
  run: { operations: readonly AnyOperation[]; seconds: number },
): Promise<Tally> {
  const { operations, seconds } = run;
  const tally: Tally = { times: [], worst: new Map(), late: 0, faults: 0, codes: new Map() };
  const until = performance.now() + seconds * 1_000;
  await Promise.all(
    callers.map(async (caller, index) => {
      for (let turn = index; performance.now() < until; turn += 1) {
        const operation = operations[turn % operations.length];
        if (operation) await callOnce(under, caller, { operation, tally });
      }
    }),
  );
  return tally;
}

/** Connections of the service that hold a transaction open although nobody calls. */
const leftOpen = (ownerUrl: string) =>
  asOwner(ownerUrl, async (client) => {
    const { rows } = await client.query<{ open: number }>(
      `SELECT count(*)::int AS open FROM pg_stat_activity
       WHERE datname = current_database() AND usename = 'madoguchi_app' AND xact_start IS NOT NULL`,
    );
    return rows[0]?.open ?? Number.NaN;
  });

const told = (name: string, { times, late, codes }: Tally): string =>
  `${name}: ${times.length} answers, p99 ${rounded(percentile(times, 0.99))} ms, late ${late}, ` +
  [...codes].map(([code, count]) => `${code} ${count}`).join(', ');

/**
 * Every operation of reservations with ten times as many callers as there are connections, each alone and
 * all mixed: nothing hangs, and every call is answered within its deadline, be it by a refusal.
 */
export async function overloadPool(): Promise<Record<string, number>> {
  const places = { venues: 20, slots: 2_000, capacity: 100 };
  return withBookings({ places, residents: CALLERS * RESIDENTS }, async (under, world) => {
    const callers: Caller[] = [];
    for (let index = 0; index < CALLERS; index += 1)
      callers.push(await makeCaller(under, world, index));
    const operations = OPERATIONS.filter((one) => one.service === 'reservations');
    const tallies: Tally[] = [];
    for (const operation of operations) {
      const tally = await overload(under, callers, {
        operations: [operation],
        seconds: ALONE_SECONDS,
      });
      say(told(operation.name, tally));
      tallies.push(tally);
    }
    const mixed = await overload(under, callers, { operations, seconds: MIXED_SECONDS });
    say(told('all mixed', mixed));
    const slowest = [...mixed.worst].toSorted(([, one], [, other]) => other - one).slice(0, 8);
    say(`slowest of them, ms: ${slowest.map(([name, ms]) => `${name} ${rounded(ms)}`).join(', ')}`);
    const all = [...tallies, mixed];
    const sum = (of: (tally: Tally) => number): number =>
      all.reduce((total, tally) => total + of(tally), 0);
    return {
      operations: operations.length,
      answers: sum((tally) => tally.times.length),
      late: sum((tally) => tally.late),
      faults: sum((tally) => tally.faults),
      not_served: tallies.filter(
        ({ codes }) => codes.size === 1 && codes.has('dependency_unavailable'),
      ).length,
      worst_ms: rounded(Math.max(...all.flatMap(({ times }) => percentile(times, 1)))),
      mixed_p99_ms: rounded(percentile(mixed.times, 0.99)),
      mixed_per_s: Math.round(mixed.times.length / MIXED_SECONDS),
      left_open: await leftOpen(under.ownerUrl),
    };
  });
}
