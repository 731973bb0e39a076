import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import { registry } from '@madoguchi/registry/service';
import { seedAlone } from '@madoguchi/reservations/seed-demo/seed-alone';
import { reservations } from '@madoguchi/reservations/service';
import { seedDemoStaff } from '@madoguchi/staff/seed-demo/seed-demo';
import { staff } from '@madoguchi/staff/service';
import type { TestWorld } from '@madoguchi/testing/test-world';
import { eventually, testWorld } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// Staff tells of a yes by an event; whoever asked is quicker than that now and then.
const TRIES = 20;
const day = addDays(tokyoDate(new Date()), 3);
let world: TestWorld;
let asking: { id: string; actorToken: string };
let second: { actorToken: string };
let supervisor: { actorToken: string };
let session: { id: string; venueCode: string; slotId: string };

async function worker(login: string, role: contract.Role) {
  const [found] = await world.sql<{ id: string }>(
    'staff',
    'SELECT id FROM worker WHERE login = $1',
    [login],
  );
  const sub = found?.id ?? '';
  const stepUpAt = Math.floor(Date.now() / 1000);
  return { id: sub, actorToken: (await world.actor(role, { sub, stepUpAt })).token };
}

beforeAll(async () => {
  world = await testWorld();
  const { runtime } = await world.start(staff, { TERMINAL_ENROLMENT: 'loopback' });
  await seedDemoStaff(runtime);
  await world.start(registry);
  await seedAlone((await world.start(reservations)).runtime);
  asking = await worker('city1', 'city-staff');
  second = await worker('city2', 'city-staff');
  supervisor = await worker('supervisor1', 'senior-operator');
  const [slot] = await world.sql<{ id: string; venueCode: string; slotId: string }>(
    'reservations',
    `SELECT session_id AS id, venue_code AS "venueCode", id AS "slotId" FROM slot WHERE day = $1
     ORDER BY venue_code, starts_at LIMIT 1`,
    [day],
  );
  if (!slot) throw new Error('no slot');
  session = slot;
  await world.sql(
    'reservations',
    `INSERT INTO reservation (id, municipality_code, resident_id, programme_code, dose_number, slot_id, state,
       channel, confirmation_number, booked_by, booked_at)
     VALUES (gen_random_uuid(), '131237', gen_random_uuid(), 'autumn', 1, $1, 'booked', 'phone', 'n-1', 'test', now())`,
    [session.slotId],
  );
  await world.sql('reservations', 'UPDATE slot SET booked = 1, phone_taken = 1 WHERE id = $1', [
    session.slotId,
  ]);
});
afterAll(() => world.stop());

const key = () => ({ idempotencyKey: newId() });
const REASON = '台風の接近により会場を開けられないため';

async function askedFor(kind: contract.ApprovalKind, selection: string): Promise<string> {
  const asked = await world.call(
    contract.requestApproval,
    { kind, selection, reason: REASON },
    { actorToken: asking.actorToken, ...key() },
  );
  if (!asked.ok) throw new Error(asked.refusal.code);
  return asked.value.approvalId;
}
const decide = (approvalId: string, { actorToken }: { actorToken: string }) =>
  world.call(
    contract.decideApproval,
    { approvalId, decision: 'approved' },
    { actorToken, ...key() },
  );

/** What staff's list says of an approval to who asked for it. */
async function listed(approvalId: string) {
  const list = await world.call(
    contract.listApprovals,
    {},
    { actorToken: asking.actorToken, ...key() },
  );
  if (!list.ok) throw new Error(list.refusal.code);
  return list.value.approvals.find((one) => one.approvalId === approvalId);
}

/** For some seconds no fact of a neighbour comes into a service; what is given back ends with them. */
async function holdUp(service: string): Promise<{ over: Promise<unknown> }> {
  const over = world.sql(
    service,
    'BEGIN; LOCK TABLE relay.inbox IN SHARE MODE; SELECT pg_sleep(5); COMMIT',
  );
  await eventually('the lock', async () => {
    const locks = await world.sql(
      service,
      `SELECT 1 FROM pg_locks WHERE relation = 'relay.inbox'::regclass AND mode = 'ShareLock' AND granted`,
    );
    return locks.length > 0;
  });
  return { over };
}

type Answered = { ok: boolean; refusal?: { code: string; details?: Record<string, unknown> } };

/** Comes back when the answer says so, as whoever reads `Retry-After` does. */
async function comeBack<A extends Answered>(send: () => Promise<A>): Promise<A> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const answer = await send();
    const wait = answer.refusal?.details?.['retryAfterMs'];
    if (typeof wait !== 'number') return answer;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
  throw new Error('put off for ever');
}
const ON_ITS_WAY = {
  ok: false,
  refusal: { code: 'approval_not_here_yet', details: { retryAfterMs: 1_000 } },
};

describe('an approval that was given just now', () => {
  it('of a closing is waited for, and not refused for good', async () => {
    const closing = { sessionId: session.id, reason: 'typhoon' };
    const proposed = await world.call(
      contract.proposeSessionChange,
      { change: { kind: 'close-session', ...closing } },
      { actorToken: asking.actorToken, ...key() },
    );
    if (!proposed.ok) throw new Error(proposed.refusal.code);
    const approvalId = await askedFor('session-change', proposed.value.selection);
    const close = () =>
      world.call(
        contract.closeSession,
        { ...closing, approvalId },
        { actorToken: asking.actorToken, ...key() },
      );
    // Asked for is not given.
    expect(await close()).toEqual(ON_ITS_WAY);
    expect(await decide(approvalId, supervisor)).toMatchObject({
      refusal: { code: 'approval_by_the_city' },
    });
    expect(await decide(approvalId, asking)).toMatchObject({
      refusal: { code: 'approval_own_request' },
    });
    const held = await holdUp('reservations');
    expect(await decide(approvalId, second)).toMatchObject({ ok: true });
    expect(await close()).toEqual(ON_ITS_WAY);
    await held.over;
    expect(await listed(approvalId)).toMatchObject({ state: 'approved' });
    expect(await comeBack(close)).toMatchObject({ ok: true, value: { toBeCalled: 1 } });
    // Done once, it stands in staff's list as used, and when.
    const used = await eventually('the use', async () => {
      const one = await listed(approvalId);
      return one?.state === 'used' ? one : undefined;
    });
    const [kept] = await world.sql<{ usedAt: Date }>(
      'reservations',
      'SELECT used_at AS "usedAt" FROM approval_copy WHERE approval_id = $1',
      [approvalId],
    );
    expect(used.usedAt).toBe(kept?.usedAt.toISOString());
  });

  it('of a day sheet is waited for by the register too', async () => {
    const { venueCode } = session;
    const approvalId = await askedFor('export', contract.daySheetSelection(venueCode, day));
    const held = await holdUp('registry');
    expect(await decide(approvalId, supervisor)).toMatchObject({ ok: true });
    const print = () =>
      world.call(
        contract.printDaySheet,
        { venueCode, day, format: 'csv-utf8', approvalId },
        { actorToken: asking.actorToken },
      );
    expect(await print()).toEqual(ON_ITS_WAY);
    await held.over;
    expect(await comeBack(print)).toMatchObject({ ok: true });
    // Good for this sheet until its time is over.
    expect(await print()).toMatchObject({ ok: true });
    expect(await listed(approvalId)).toMatchObject({ state: 'approved' });
    await world.sql('staff', 'UPDATE approval SET expires_at = now() WHERE id = $1', [approvalId]);
    expect(await listed(approvalId)).toMatchObject({ state: 'expired' });
  });
});

describe('a request', () => {
  it('names what exactly leaves or is changed, or is none', async () => {
    for (const [kind, selection] of [
      ['export', 'everything'],
      ['export', undefined],
      ['session-change', undefined],
      ['session-change', contract.daySheetSelection(session.venueCode, day)],
    ] as const) {
      const answer = await world.call(
        contract.requestApproval,
        { kind, reason: REASON, ...(selection === undefined ? {} : { selection }) },
        { actorToken: asking.actorToken, ...key() },
      );
      expect(answer).toMatchObject({ refusal: { code: 'malformed_request' } });
    }
  });
});
