import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyQuotas } from '../plan-quotas/apply-quotas.ts';
import { DEMO_PRODUCT } from '../seed-demo/seed-demo.ts';
import { settleWorkItems } from '../settle-work-items/settle-work-items.ts';
import type { ReservationsWorld } from '../store/reservations-world.fixture.ts';
import { reservationsWorld } from '../store/reservations-world.fixture.ts';

// People book, hold, move and cancel while the session they are in is cut, closed, opened and promised anew.
const PEOPLE = 8;
const SLOTS = 3;
const CAPACITY = 3;
const AT_ONCE = 6;

let world: ReservationsWorld;
let manager: { actorToken: string };
let people: Awaited<ReturnType<typeof newPeople>>;
let run = 0;
/** How often each was done, so that a run in which nobody agreed to anything is seen. */
const timesDone = new Map<string, number>();

const newPeople = () =>
  Promise.all(
    Array.from({ length: PEOPLE }, async () => {
      const residentId = await world.resident();
      return { residentId, me: await world.serving(residentId) };
    }),
  );

beforeAll(async () => {
  world = await reservationsWorld();
  manager = { actorToken: (await world.actor('operations-manager')).token };
});
afterAll(() => world.stop());

const key = () => ({ idempotencyKey: newId() });

type Step =
  | { verb: 'book' | 'hold' | 'change' | 'cancel'; person: number; slot: number }
  | { verb: 'cut' | 'promise'; seats: number }
  | { verb: 'close' | 'reopen' };

const steps = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        verb: fc.constantFrom(
          'book' as const,
          'book' as const,
          'hold' as const,
          'change' as const,
          'cancel' as const,
        ),
        person: fc.nat(PEOPLE - 1),
        slot: fc.nat(SLOTS - 1),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        verb: fc.constantFrom('cut' as const, 'cut' as const, 'promise' as const),
        seats: fc.nat(CAPACITY),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ verb: fc.constantFrom('close' as const, 'reopen' as const) }),
    },
  ),
  { minLength: 12, maxLength: 36 },
);

async function freshSession() {
  run += 1;
  const opened = await world.call(
    contract.openSession,
    {
      venueCode: '1312300011',
      day: addDays(tokyoDate(new Date()), 43 + run),
      productCode: DEMO_PRODUCT,
      pattern: {
        startsAt: '09:00',
        endsAt: '09:30',
        slotMinutes: 10,
        gaps: [],
        capacity: CAPACITY,
        extraAtStart: 0,
        quotas: { phone: CAPACITY, web: 0, staff: 0, 'walk-in': 0 },
      },
      opensAt: new Date(Date.now() - 60_000).toISOString(),
    },
    { ...manager, ...key() },
  );
  if (!opened.ok) throw new Error(opened.refusal.code);
  const { sessionId } = opened.value;
  const slots = await world.sql<{ id: string }>(
    'SELECT id FROM slot WHERE session_id = $1 ORDER BY starts_at',
    [sessionId],
  );
  return { sessionId, slots: slots.map(({ id }) => id) };
}
type Session = Awaited<ReturnType<typeof freshSession>>;

/** A second person's yes; none to what is closed already. */
const agreed = async (change: contract.SessionChange): Promise<{ approvalId?: string }> =>
  world.agreed(change, manager).then(
    (approvalId) => ({ approvalId }),
    () => ({}),
  );

async function administer(
  step: Exclude<Step, { person: number }>,
  { sessionId }: Session,
): Promise<{ ok: boolean; refusal?: { code: string } }> {
  const keyed = { ...manager, ...key() };
  switch (step.verb) {
    case 'cut': {
      const cut = { sessionId, capacity: step.seats, reason: 'test' };
      const approvalId = await agreed({ kind: 'change-capacity', ...cut });
      return world.call(
        contract.changeCapacity,
        { ...cut, choice: 'worklist', ...approvalId },
        keyed,
      );
    }
    case 'promise': {
      const quotas = { phone: CAPACITY - step.seats, web: step.seats, staff: 0, 'walk-in': 0 };
      const at = new Date().toISOString();
      const planned = await world.call(contract.planQuotas, { sessionId, at, quotas }, keyed);
      await applyQuotas(world.runtime)();
      return planned;
    }
    case 'close': {
      const closing = { sessionId, reason: 'test' };
      const approvalId = await agreed({ kind: 'close-session', ...closing });
      return world.call(contract.closeSession, { ...closing, ...approvalId }, keyed);
    }
    case 'reopen':
      return world.call(contract.reopenSession, { sessionId }, keyed);
  }
}

async function serve(
  step: Extract<Step, { person: number }>,
  session: Session,
): Promise<{ ok: boolean; refusal?: { code: string } }> {
  const person = people[step.person];
  if (!person) throw new Error('nobody');
  const { residentId } = person;
  const keyed = { ...person.me, ...key() };
  const slotId = session.slots[step.slot] ?? '';
  const wanted = { residentId, doseNumber: 1, slotId };
  if (step.verb === 'book') return world.call(contract.bookSlot, wanted, keyed);
  if (step.verb === 'hold') return world.call(contract.holdSlot, wanted, keyed);
  const [live] = await world.sql<{ id: string }>(
    `SELECT id FROM reservation WHERE resident_id = $1 ORDER BY booked_at DESC LIMIT 1`,
    [residentId],
  );
  const mine = { residentId, reservationId: live?.id ?? newId() };
  return step.verb === 'change'
    ? world.call(contract.changeReservation, { ...mine, slotId }, keyed)
    : world.call(contract.cancelReservation, { ...mine, reason: 'own-wish' }, keyed);
}

async function accountOf({ sessionId }: Session) {
  return world.sql<{
    booked: number;
    live: number;
    held: number;
    holds: number;
    over: number;
    called: number;
    closed: boolean;
  }>(
    `SELECT s.booked, s.held, s.closed, greatest(s.booked - coalesce(s.target_capacity, s.capacity), 0) AS over,
       (SELECT count(*)::int FROM reservation r WHERE r.slot_id = s.id AND r.state = 'booked') AS live,
       (SELECT count(*)::int FROM hold h WHERE h.slot_id = s.id) AS holds,
       (SELECT count(*)::int FROM work_item w JOIN reservation r ON r.id = w.reservation_id
        WHERE w.slot_id = s.id AND w.state = 'open' AND r.state = 'booked' AND r.slot_id = s.id) AS called
     FROM slot s WHERE s.session_id = $1`,
    [sessionId],
  );
}

describe('a session administered while it is booked', () => {
  it('loses no seat, sells none twice, and calls exactly whom it has no seat for', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        people = await newPeople();
        const session = await freshSession();
        const codes: (string | undefined)[] = [];
        for (let at = 0; at < history.length; at += AT_ONCE) {
          const together = history
            .slice(at, at + AT_ONCE)
            .map((step) => ('person' in step ? serve(step, session) : administer(step, session)));
          const answers = await Promise.all(together);
          codes.push(...answers.map((answer) => answer.refusal?.code));
          for (const [place, { ok }] of answers.entries()) {
            const verb = history[at + place]?.verb ?? '';
            if (ok) timesDone.set(verb, (timesDone.get(verb) ?? 0) + 1);
          }
          for (const slot of await accountOf(session)) {
            expect(slot.booked).toBe(slot.live);
            expect(slot.held).toBe(slot.holds);
            expect(slot.called).toBeGreaterThanOrEqual(slot.closed ? slot.live : slot.over);
          }
        }
        expect(codes).not.toContain('internal_fault');
        expect(codes).not.toContain('dependency_unavailable');
        await settleWorkItems(world.runtime)();
        for (const slot of await accountOf(session))
          expect(slot.called).toBe(slot.closed ? slot.live : slot.over);
      }),
      { numRuns: 60 },
    );
    for (const verb of ['close', 'cut', 'book'])
      expect(timesDone.get(verb) ?? 0).toBeGreaterThan(0);
  }, 240_000);

  it('leaves nothing for the checker of runs to find', async () => {
    expect(await world.checkReservations()).toMatchObject({ exitCode: 0, findings: [] });
  });
});
