import type { DoseCopy, ResidentCopy } from '@madoguchi/contracts';
import * as contract from '@madoguchi/contracts';
import { addDays, newId, ok, refuse, tokyoDate } from '@madoguchi/kernel';
import { defineService, operation } from '@madoguchi/service';
import type { RunningService } from '@madoguchi/service';
import { eventually, testWorld } from '@madoguchi/testing/test-world';
import type { TestWorld } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedDemoProgramme } from '../seed-demo/seed-demo.ts';
import { reservations } from '../service.ts';
import { keepResidents } from '../store/resident-copy-store.ts';

const inDays = (days: number): string => addDays(tokyoDate(new Date()), days);
const person = (): ResidentCopy => ({
  residentId: newId(),
  version: 1,
  dateOfBirth: '1960-01-01',
  residency: [{ from: '1960-01-01', to: null }],
  refer: false,
});
/** One who had the dose yesterday, and one who had none. */
const [vaccinated, other] = [person(), person()];
const DOSE: DoseCopy = {
  residentId: vaccinated.residentId,
  doseId: newId(),
  version: 1,
  doseNumber: 1,
  vaccinationDate: inDays(-1),
  productCode: 'MDG-XA',
};

/** The owners of our copies: each gives its snapshot once it is let. */
const gives = new Set<string>();
const given = <T>(owner: string, snapshot: T) =>
  gives.has(owner) ? ok(snapshot) : refuse('dependency_unavailable');
const registry = defineService({
  name: 'registry',
  config: {},
  wire: () => [
    operation(contract.snapshotResidents, async () =>
      given('registry', { residents: [vaccinated, other] }),
    ),
  ],
});
const healthRecords = defineService({
  name: 'health-records',
  config: {},
  wire: () => [
    operation(contract.snapshotDoses, async () => given('health-records', { doses: [DOSE] })),
  ],
});
const programme = defineService({
  name: 'programme',
  config: {},
  wire: () => [
    operation(contract.snapshotCatalogue, async () =>
      given('programme', {
        version: 0,
        vaccines: [],
        products: [],
        programmes: [],
        doseRules: [],
        otherVaccineRules: [],
        priorityGroups: [],
        venues: [],
      }),
    ),
  ],
});

let world: TestWorld;
let service: RunningService;
beforeAll(async () => {
  world = await testWorld({ logLevel: 'silent' });
  for (const owner of [registry, healthRecords, programme]) await world.start(owner);
  service = await world.start(reservations);
  await seedDemoProgramme(service.runtime);
  await keepResidents(service.runtime.database.read, [vaccinated, other]);
});
afterAll(() => world.stop());

const serving = async (residentId: string) => {
  const operator = await world.actor('operator');
  const grant = await world.grant({
    operatorId: operator.id,
    residents: [residentId],
    purposes: ['reservation'],
  });
  return { actorToken: operator.token, grant, idempotencyKey: newId() };
};
const slotId = async (): Promise<string> => {
  const rows = await world.sql<{ id: string }>(
    'reservations',
    'SELECT id FROM slot WHERE day = $1 AND booked + held = 0 ORDER BY id LIMIT 1',
    [inDays(3)],
  );
  return rows[0]?.id ?? '';
};
type Answer = { ok: true } | { ok: false; refusal: { code: string } };
const codeOf = (answer: Answer): string => (answer.ok ? 'ok' : answer.refusal.code);

/** What each way to a seat says to somebody. */
async function answers(residentId: string): Promise<string[]> {
  const seat = { residentId, doseNumber: 1, slotId: await slotId() };
  const held = await world.call(contract.holdSlot, seat, await serving(residentId));
  const joined = await world.call(
    contract.joinWaitingList,
    { residentId, doseNumber: 1, reach: 'phone', from: inDays(3), to: inDays(3) },
    await serving(residentId),
  );
  const booked = await world.call(contract.bookSlot, seat, await serving(residentId));
  return [held, joined, booked].map(codeOf);
}
const STALE = ['copy_stale', 'copy_stale', 'copy_stale'];

describe('copies that were never filled', () => {
  it('are decided on by nobody until the last owner has given its own, and soon after that', async () => {
    expect(await answers(vaccinated.residentId)).toEqual(STALE);
    gives.add('registry');
    gives.add('programme');
    const filled = async () =>
      (await world.sql('reservations', 'SELECT owner FROM copy_fill ORDER BY owner')).map(
        ({ owner }) => owner,
      );
    await eventually(
      'two copies to be filled',
      async () => (await filled()).join() === 'programme,registry',
      5_000,
    );
    expect(await answers(vaccinated.residentId)).toEqual(STALE);
    expect(await world.sql('reservations', 'SELECT 1 FROM hold')).toEqual([]);
    gives.add('health-records');
    await eventually('the last to be filled', async () => (await filled()).length === 3, 5_000);
    expect(await answers(vaccinated.residentId)).toEqual(
      Array.from({ length: 3 }, () => 'already_vaccinated'),
    );
    expect((await answers(other.residentId))[0]).toBe('ok');
  });
});
