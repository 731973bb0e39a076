import { listReservations, listVenues } from '@madoguchi/contracts';
import { newId, ok } from '@madoguchi/kernel';
import { defineService, operation } from '@madoguchi/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestWorld } from './test-world.ts';
import { testWorld } from './test-world.ts';

let world: TestWorld;
const handled: string[] = [];
const resident = newId();

/** Fails as often as the organisation's name says, as PostgreSQL would. */
function deadlock({ sub, organisation }: { sub: string; organisation: string }): void {
  const met = handled.filter((one) => one === sub).length;
  if (met <= Number(organisation.split(' ')[1]))
    throw Object.assign(new Error('deadlock detected'), { code: '40P01' });
}

/** More than a message may carry. */
const TOO_LONG = {
  venueCode: '1312300011',
  name: { ja: '会場', en: 'venue' },
  town: '平井',
  address: 'x'.repeat(9_000_000),
};

/** The doors of a service, with a handler behind them that only notes who got in. */
const doors = defineService({
  name: 'reservations',
  config: {},
  wire: () => [
    operation(
      listVenues,
      async (_request, { actor }) => {
        handled.push(actor.sub);
        if (actor.organisation === 'breaks') throw new Error('a name nobody may read');
        if (actor.organisation.startsWith('meets')) deadlock(actor);
        if (actor.organisation === 'slow') await new Promise((done) => setTimeout(done, 300));
        if (actor.organisation === 'long') return ok({ venues: [TOO_LONG], products: [] });
        if (actor.organisation === 'wrong') return ok({ venues: 'none' } as never);
        return ok({ venues: [], products: [] });
      },
      { concurrency: 1 },
    ),
    operation(listReservations, async () => ok({ reservations: [] })),
  ],
});

beforeAll(async () => {
  world = await testWorld();
  await world.start(doors);
});
afterAll(() => world.stop());

const venues = (actorToken?: string, deadline?: number) =>
  world.call(listVenues, {}, { actorToken, deadline });
const refusal = (code: string) => ({ ok: false, refusal: { code } });

describe('who asks', () => {
  it('is let in with a token of staff', async () => {
    const { id, token } = await world.actor('operator');
    expect(await venues(token)).toMatchObject({ ok: true });
    expect(handled).toContain(id);
  });
  it('is turned away without one, with a bent one, or with one of another kind', async () => {
    const { id, token } = await world.actor('operator');
    const permit = await world.permit(id);
    const [head, body, signature] = token.split('.');
    const other = Buffer.from(body ?? '', 'base64url')
      .toString()
      .replace('operator', 'city-staff');
    const forged = [head, Buffer.from(other).toString('base64url'), signature].join('.');
    for (const bad of [undefined, 'x', forged, permit.token])
      expect(await venues(bad)).toMatchObject(refusal('unauthenticated'));
    expect(handled).not.toContain(id);
  });
  it('is turned away from another city, terminal, hour or policy (B40)', async () => {
    for (const claims of [
      { municipalityCode: '131229' },
      { terminalEnrolled: false },
      { withinHours: false },
      { policyVersion: 'old' },
    ]) {
      const { id, token } = await world.actor('operator', claims);
      expect(await venues(token)).toMatchObject(refusal('not_allowed'));
      expect(handled).not.toContain(id);
    }
  });
});

describe('a grant', () => {
  const list = async (operatorId: string, claims: object, residentId = resident) => {
    const { token } = await world.actor('operator', { sub: operatorId });
    const grant = await world.grant({
      operatorId,
      residents: [resident],
      purposes: ['reservation'],
      ...claims,
    });
    return world.call(listReservations, { residentId }, { actorToken: token, grant });
  };
  it('opens its own resident to its own operator', async () => {
    expect(await list(newId(), {})).toMatchObject({ ok: true });
  });
  it('opens nobody else, and nothing to anybody else', async () => {
    const me = newId();
    expect(await list(me, {}, newId())).toMatchObject(refusal('grant_required'));
    expect(await list(me, { operatorId: newId() })).toMatchObject(refusal('grant_required'));
    expect(await list(me, { role: 'senior-operator' })).toMatchObject(refusal('grant_required'));
    const { token } = await world.actor('operator', { sub: me });
    expect(
      await world.call(listReservations, { residentId: resident }, { actorToken: token }),
    ).toMatchObject(refusal('grant_required'));
  });
  it('of one case is no good in another', async () => {
    const me = newId();
    const { token } = await world.actor('operator', { sub: me });
    const { caseId, token: permit } = await world.permit(me);
    const wanted = { operatorId: me, residents: [resident], purposes: ['reservation' as const] };
    const ask = async (grant: string) =>
      world.call(listReservations, { residentId: resident }, { actorToken: token, permit, grant });
    expect(await ask(await world.grant({ ...wanted, caseId }))).toMatchObject({ ok: true });
    expect(await ask(await world.grant(wanted))).toMatchObject(refusal('grant_required'));
  });
});

describe('what is asked and answered', () => {
  it('is parsed strictly, and named by place, not by value', async () => {
    const { token } = await world.actor('operator');
    const extra = { role: '江戸川 太郎' } as never;
    const answer = await world.call(listVenues, extra, { actorToken: token });
    expect(answer).toMatchObject(refusal('malformed_request'));
    expect(JSON.stringify(answer)).not.toContain('江戸川');
  });
  it('never carries a fault of ours to the outside', async () => {
    for (const organisation of ['breaks', 'wrong', 'long']) {
      const { token } = await world.actor('operator', { organisation });
      const answer = await venues(token);
      expect(answer).toMatchObject(refusal('internal_fault'));
      expect(JSON.stringify(answer)).not.toMatch(/a name nobody may read|at .+\.ts/u);
    }
  });
  it('F20: is worked on three times at most when it only met a deadlock, and then is to come back', async () => {
    const twice = await world.actor('operator', { organisation: 'meets 2 deadlocks' });
    expect(await venues(twice.token)).toMatchObject({ ok: true });
    const always = await world.actor('operator', { organisation: 'meets 9 deadlocks' });
    expect(await venues(always.token)).toMatchObject({
      refusal: { code: 'overloaded', details: { retryAfterMs: 1_000 } },
    });
    expect(handled.filter((one) => one === always.id)).toHaveLength(3);
  });
  it('is not worked on once nobody waits for it', async () => {
    const slow = await world.actor('operator', { organisation: 'slow' });
    const late = await world.actor('operator');
    const first = venues(slow.token);
    const second = venues(late.token, Date.now() + 100);
    expect(await second).toMatchObject(refusal('deadline_exceeded'));
    expect(await first).toMatchObject({ ok: true });
    expect(await venues((await world.actor('operator')).token)).toMatchObject({ ok: true });
    expect(handled).not.toContain(late.id);
  });
});

describe('nobody there', () => {
  it('is said at once: the service is away, or NATS is (F8)', async () => {
    const { token } = await world.actor('operator');
    await world.nats.kill();
    const started = Date.now();
    expect(await venues(token)).toMatchObject(refusal('messaging_unavailable'));
    expect(Date.now() - started).toBeLessThan(2_000);
    await world.nats.restart();
    await expect
      .poll(async () => (await venues(token)).ok, { timeout: 5_000, interval: 50 })
      .toBe(true);
  });
});
