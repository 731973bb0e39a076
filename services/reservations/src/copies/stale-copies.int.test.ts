import * as contract from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import { defineService, tellsAlive } from '@madoguchi/service';
import type { RunningService } from '@madoguchi/service';
import { eventually, testWorld } from '@madoguchi/testing/test-world';
import type { TestWorld } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedAlone } from '../seed-demo/seed-alone.ts';
import { reservations } from '../service.ts';
import { feedsAreStale, keepFeed } from '../store/feed-store.ts';

/** Stands for the registry: tells that it is alive, and nothing else. */
const registry = defineService({
  name: 'registry',
  config: {},
  prisma: {
    directory: new URL('../../../registry/prisma/', import.meta.url),
    client: () => ({ $disconnect: async () => undefined }),
  },
  wire: (runtime) => [tellsAlive(runtime, contract.registryAlive)],
});

let late = 0;
const clock = { now: () => new Date(Date.now() + late) };
let world: TestWorld;
let teller: RunningService;
beforeAll(async () => {
  world = await testWorld({ clock });
  const service = await world.start(reservations);
  await seedAlone(service.runtime);
  teller = await world.start(registry);
});
afterAll(() => world.stop());

const heardOf = () =>
  world.sql<{ owner: string }>('reservations', 'SELECT owner FROM feed ORDER BY owner');

async function book() {
  const residentId = newId();
  await world.sql(
    'reservations',
    `INSERT INTO resident_copy (resident_id, version, date_of_birth, residency, refer)
     VALUES ($1, 1, '1960-01-01', '[{"from":"1960-01-01","to":null}]', false)`,
    [residentId],
  );
  const [slot] = await world.sql<{ id: string }>(
    'reservations',
    'SELECT id FROM slot WHERE day = $1 AND booked + held = 0 ORDER BY id LIMIT 1',
    [addDays(tokyoDate(clock.now()), 3)],
  );
  const operator = await world.actor('operator');
  const grant = await world.grant({
    operatorId: operator.id,
    residents: [residentId],
    purposes: ['reservation'],
  });
  const me = { actorToken: operator.token, grant };
  const seat = { residentId, doseNumber: 1, slotId: slot?.id ?? '' };
  const held = await world.call(contract.holdSlot, seat, { ...me, idempotencyKey: newId() });
  const booked = await world.call(contract.bookSlot, seat, { ...me, idempotencyKey: newId() });
  return [held, booked].map((answer) => answer.ok || answer.refusal.code);
}

describe('a copy whose owner is silent', () => {
  it('is decided on for a minute, and not after it, until the owner is heard again', async () => {
    await eventually('the registry is heard', async () => (await heardOf()).length === 1);
    expect(await book()).toEqual([true, true]);
    await teller.stop();
    late = contract.FEED_STALE_AFTER_MS - 5_000;
    expect(await book()).toEqual([true, true]);
    late = contract.FEED_STALE_AFTER_MS + 5_000;
    expect(await book()).toEqual(['copy_stale', 'copy_stale']);
    await world.start(registry);
    await eventually('the registry is heard again', async () =>
      (await book()).every((answer) => answer === true),
    );
  });
});

describe('F28: an owner whose clock was ahead', () => {
  it('is silent from when it was last heard, not from the time it said', async () => {
    const query = (text: string, values: readonly unknown[] = []) =>
      world.sql('reservations', text, [...values]);
    const heardAt = clock.now();
    const at = new Date(heardAt.getTime() + 86_400_000).toISOString();
    await query('DELETE FROM feed');
    await keepFeed(query as Query, 'programme', { at, heardAt });
    const later = (ms: number) =>
      feedsAreStale(
        query as Query,
        new Date(heardAt.getTime() + contract.FEED_STALE_AFTER_MS + ms),
      );
    expect([await later(-1_000), await later(1_000)]).toEqual([false, true]);
  });
});

describe('the checker of runs', () => {
  it('finds all of it whole', async () => {
    expect(await world.checkReservations()).toMatchObject({ exitCode: 0, findings: [] });
  });
});
