import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import type { RunningService } from '@madoguchi/service';
import type { TestWorld } from '@madoguchi/testing/test-world';
import { testWorld } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { programme } from '../service.ts';
import { seedDemoCatalogue } from './seed-demo.ts';

const DAY_MS = 86_400_000;
const started = new Date();
let world: TestWorld;
let service: RunningService;
beforeAll(async () => {
  world = await testWorld();
  service = await world.start(programme);
});
afterAll(() => world.stop());

/** The demo started so many days after its first start. */
const startAfter = (days: number) => {
  const { database, config } = service.runtime;
  const now = new Date(started.getTime() + days * DAY_MS);
  return seedDemoCatalogue({ database, config, clock: { now: () => now } }, { withList: true });
};
const dayAfter = (days: number) => addDays(tokyoDate(started), days);
const rules = () =>
  world.sql<{ code: string; from: string; to: string; revision: number }>(
    'programme',
    `SELECT code, valid_from::text AS from, valid_to::text AS to, revision FROM dose_rule ORDER BY code`,
  );

it('a demo that is kept keeps its rules, but for those that somebody changed', async () => {
  expect(await startAfter(0)).toEqual({ version: 1 });
  const ends = { from: dayAfter(-30), to: dayAfter(150), revision: 1 };
  const first = ['autumn-1', 'autumn-1-children', 'autumn-2'].map((code) => ({ code, ...ends }));
  expect(await rules()).toEqual(first);
  // While sessions of six weeks and a second dose lie well before their end, nothing is changed.
  expect(await startAfter(60)).toEqual({ version: 1 });
  expect(await rules()).toEqual(first);

  const actorToken = (await world.actor('city-staff')).token;
  const listed = await world.call(contract.listRules, {}, { actorToken });
  const found = listed.ok
    ? listed.value.doseRules.find(({ ruleCode }) => ruleCode === 'autumn-2')
    : undefined;
  if (!found) throw new Error('no rule');
  const { revision, ...rule } = found;
  await world.call(
    contract.putDoseRule,
    { rule: { ...rule, optional: false }, revision, reason: '二回目を続けて案内するため' },
    { actorToken, idempotencyKey: newId() },
  );

  expect(await startAfter(200)).toEqual({ version: 3 });
  const reaching = { from: dayAfter(-30), to: dayAfter(350), revision: 2 };
  expect(await rules()).toEqual([
    { code: 'autumn-1', ...reaching },
    { code: 'autumn-1-children', ...reaching },
    { code: 'autumn-2', ...ends, revision: 2 },
  ]);
  expect(await startAfter(200)).toEqual({ version: 3 });
  const told = await world.sql<{ version: string }>(
    'programme',
    `SELECT aggregate_version AS version FROM relay.outbox WHERE subject LIKE 'ev.programme.catalogue.%' ORDER BY position`,
  );
  expect(told.map(({ version }) => version)).toEqual(['1', '2', '3']);
});
