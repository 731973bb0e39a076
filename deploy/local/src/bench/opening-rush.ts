import { LANES } from '@madoguchi/contracts';
import type { Call } from '@madoguchi/messaging';
import type { BookingWorld, Caller } from './booking-world.ts';
import { manyCallers } from './many-callers.ts';
import { asOwner, countFaults, makeCallers, withBookings } from './booking-world.ts';
import type { Answered } from './open-loop.ts';
import { askForSlot, openLoop } from './open-loop.ts';
import { startOperators } from './operators-process.ts';
import { processorTime, spentEach, watchNeighbours } from './processor-time.ts';
import { percentile, rounded } from './statistics.ts';
import type { ServiceUnderTest } from './with-service.ts';
import { say } from './with-service.ts';

const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 60);
const QUIET_SECONDS = 20;
const WARM_UP_SECONDS = 4;
const PEAK_WINDOW_MS = 5_000;
const PEAK_WINDOWS = 3;
const PEAK_AT_ONCE = 256;
const VISITORS = 10_000;
/** A grant names at most fifty people. */
const PEOPLE_A_VISITOR = 50;
const OPERATORS = 100;
const OPERATORS_PER_S = 50;
const SLOTS = 10_000;
const TICK_MS = 5;

/** Somebody with a grant for several people, who books for one after the other. */
type Visitor = { actorToken: string; grant: string; people: string[] };

const forOne = ({ actorToken, grant }: Visitor, residentId: string): Caller => ({
  actorToken,
  grant,
  residentId,
});

async function makeVisitors(
  { tokens }: ServiceUnderTest,
  residents: readonly string[],
): Promise<Visitor[]> {
  const visitors: Visitor[] = [];
  for (let index = 0; index < VISITORS; index += 1) {
    const people = residents.slice(index * PEOPLE_A_VISITOR, (index + 1) * PEOPLE_A_VISITOR);
    const { id, token } = await tokens.actor('resident');
    const grant = await tokens.grant({
      operatorId: id,
      role: 'resident',
      residents: people,
      purposes: ['web'],
    });
    visitors.push({ actorToken: token, grant, people });
  }
  return visitors;
}

/** Waits until nothing of the time before is still on its way out of the service. */
const settled = (ownerUrl: string): Promise<void> =>
  asOwner(ownerUrl, async (client) => {
    for (;;) {
      const { rows } = await client.query<{ left: boolean }>(
        `SELECT EXISTS (SELECT 1 FROM relay.outbox WHERE published_at IS NULL)
           OR EXISTS (SELECT 1 FROM relay.audit_entry WHERE relayed_at IS NULL) AS left`,
      );
      if (rows[0]?.left === false) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  });

/** The best rate of a closed loop of the public over a few seconds, no operator at work. */
async function peakOf(call: Call, next: () => Caller, slotOf: () => string): Promise<number> {
  const booked = new Map<number, number>();
  const start = performance.now();
  const windowNow = (): number => Math.floor((performance.now() - start) / PEAK_WINDOW_MS);
  const visitor = async (): Promise<void> => {
    while (windowNow() < PEAK_WINDOWS)
      if ((await askForSlot(call, next(), slotOf())).code === 'booked')
        booked.set(windowNow(), (booked.get(windowNow()) ?? 0) + 1);
  };
  await Promise.all(Array.from({ length: PEAK_AT_ONCE }, visitor));
  const whole = [...booked].filter(([window]) => window < PEAK_WINDOWS);
  return Math.max(...whole.map(([, count]) => count)) / (PEAK_WINDOW_MS / 1_000);
}

const times = (answers: readonly Answered[]): number[] => answers.map(({ took }) => took);
/** Answers that came too late to be of use, or not at all. */
const LOST = new Set(['deadline_exceeded', 'messaging_unavailable', 'dependency_unavailable']);

async function rush(under: ServiceUnderTest, world: BookingWorld) {
  say('Signing the visitors’ and operators’ tokens');
  const visitors = await makeVisitors(under, world.residents);
  const served = world.residents.slice(VISITORS * PEOPLE_A_VISITOR);
  const { natsUrl, ownerUrl } = under;
  const { slots, recordPath } = world;
  const callers = await makeCallers(under, served);
  const visitorsCall = await manyCallers(natsUrl);
  const call = world.record(visitorsCall.call);
  const operators = await startOperators({ natsUrl, recordPath, callers, slots });
  let [turn, seat] = [0, 0];
  const slotOf = (): string => slots[(seat++ * 7_919) % SLOTS] ?? '';
  const nextVisitor = (): Caller => {
    const index = turn++;
    const visitor = visitors[index % VISITORS];
    if (!visitor) throw new Error('no visitor');
    return forOne(visitor, visitor.people[Math.floor(index / VISITORS) % PEOPLE_A_VISITOR] ?? '');
  };
  say('Warming up');
  await operators.call(OPERATORS_PER_S, WARM_UP_SECONDS);
  say('The peak');
  const peak = await peakOf(call, nextVisitor, slotOf);
  await settled(ownerUrl);
  say(`${Math.round(peak)} a second; operators alone`);
  const quiet = await operators.call(OPERATORS_PER_S, QUIET_SECONDS);
  await settled(ownerUrl);
  say(`${SECONDS} s at twice the peak`);
  const before = processorTime();
  const neighbours = watchNeighbours();
  const pace = { rate: 2 * peak, seconds: SECONDS, tickMs: TICK_MS };
  const [ofVisitors, ofOperators] = await Promise.all([
    openLoop(pace, () => askForSlot(call, nextVisitor(), slotOf())),
    operators.call(OPERATORS_PER_S, SECONDS),
  ]);
  const spent = {
    ...spentEach(before, ofVisitors.length + ofOperators.length),
    neighbours_cores: rounded(neighbours()),
  };
  await operators.leave();
  await visitorsCall.leave();
  return { peak, quiet, ofVisitors, ofOperators, spent };
}

/**
 * Open loop at twice the measured peak, seats for all: 10,000 visitors with tokens and grants of their own,
 * and 100 operators beside them, at the operation's door. What the service cannot do it refuses at once
 * with a time to come back, and operators hardly notice.
 */
export async function openingRush(): Promise<Record<string, number>> {
  const calls = OPERATORS_PER_S * (SECONDS + QUIET_SECONDS + WARM_UP_SECONDS) + OPERATORS;
  const size = {
    places: { venues: 50, slots: SLOTS, capacity: 200, phoneQuota: 50 },
    residents: VISITORS * PEOPLE_A_VISITOR + calls,
    lanes: LANES,
  };
  return withBookings(size, async (under, world) => {
    const { peak, quiet, ofVisitors, ofOperators, spent } = await rush(under, world);
    const refused = ofVisitors.filter(({ code }) => code === 'overloaded');
    const final = ofVisitors.filter(({ code }) => code !== 'overloaded' && !LOST.has(code));
    const others = ofVisitors.filter(({ code }) => code !== 'booked' && code !== 'overloaded');
    for (const code of new Set(others.map((one) => one.code)))
      say(`${code}: ${others.filter((one) => one.code === code).length}`);
    const first = ofVisitors[0]?.sent ?? 0;
    const last = final.reduce((latest, { sent, took }) => Math.max(latest, sent + took), first);
    const seconds = (last - first) / 1_000;
    const { oversold, twice } = await countFaults(under.ownerUrl);
    const [quietP99, busyP99] = [
      percentile(times(quiet), 0.99),
      percentile(times(ofOperators), 0.99),
    ];
    return {
      peak_per_s: rounded(peak),
      offered_per_s: rounded(ofVisitors.length / SECONDS),
      goodput_per_s: rounded(final.length / seconds),
      goodput_ratio: rounded(final.length / seconds / peak),
      visitors_p50_ms: rounded(percentile(times(final), 0.5)),
      visitors_p99_ms: rounded(percentile(times(final), 0.99)),
      refused: refused.length,
      refused_p99_ms: rounded(percentile(times(refused), 0.99)),
      operators_quiet_p50_ms: rounded(percentile(times(quiet), 0.5)),
      operators_quiet_p99_ms: rounded(quietP99),
      operators_p50_ms: rounded(percentile(times(ofOperators), 0.5)),
      operators_p99_ms: rounded(busyP99),
      operators_ratio: rounded(busyP99 / quietP99),
      operators_unserved: ofOperators.filter(({ code }) => code !== 'booked').length,
      oversold,
      double_booked: twice,
      ...spent,
    };
  });
}
