import type { ResidentCopy } from '@madoguchi/contracts';
import * as contract from '@madoguchi/contracts';
import { ok, refuse } from '@madoguchi/kernel';
import type { TestWorld } from '@madoguchi/testing/test-world';
import { testWorld } from '@madoguchi/testing/test-world';
import { defineService, operation } from '@madoguchi/service';
import type { RunningService } from '@madoguchi/service';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reservations } from '../service.ts';
import { keepResidents } from '../store/resident-copy-store.ts';
import { fillDoses } from './rebuild-doses.ts';
import { fillResidents, rebuildResidents } from './rebuild-residents.ts';

const PEOPLE = 2_500;
const copyOf = (index: number, version: number): ResidentCopy => ({
  residentId: `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`,
  version,
  dateOfBirth: '1980-01-01',
  residency: [{ from: '1980-01-01', to: version % 2 === 0 ? null : `2026-01-${10 + version}` }],
  refer: version % 3 === 0,
});
const everybody = Array.from({ length: PEOPLE }, (_, index) => copyOf(index, 2));
let broken = false;
/** Stands for the registry: gives its snapshot by pages, and is away after the first where it is broken. */
const registry = defineService({
  name: 'registry',
  config: {},
  wire: () => [
    operation(contract.snapshotResidents, async ({ after, limit }) => {
      if (broken && after !== undefined) return refuse('dependency_unavailable');
      const from = after === undefined ? 0 : everybody.findIndex((one) => one.residentId > after);
      const residents = from < 0 ? [] : everybody.slice(from, from + limit);
      const last = residents.at(-1);
      return ok({
        residents,
        ...(last && residents.length === limit ? { next: last.residentId } : {}),
      });
    }),
  ],
});

const DOSE = {
  residentId: copyOf(1, 2).residentId,
  doseId: copyOf(9_999, 1).residentId,
  version: 1,
  doseNumber: 1,
  vaccinationDate: '2026-01-05',
  productCode: 'MDG-XA',
};
/** Stands for health-records. */
const healthRecords = defineService({
  name: 'health-records',
  config: {},
  wire: () => [operation(contract.snapshotDoses, async () => ok({ doses: [DOSE] }))],
});

let world: TestWorld;
let service: RunningService;
beforeAll(async () => {
  world = await testWorld();
  await world.start(registry);
  await world.start(healthRecords);
  // The jobs that fill run when the test says.
  service = await world.start({
    ...reservations,
    wire: async (runtime) =>
      (await reservations.wire(runtime as never)).filter((part) => part.kind !== 'job'),
  });
});
afterAll(() => world.stop());

const checksum = async (): Promise<unknown> => {
  const rows = await world.sql(
    'reservations',
    `SELECT count(*)::int AS people, md5(string_agg(c::text, '' ORDER BY resident_id)) AS content
     FROM resident_copy c`,
  );
  return rows[0];
};
const empty = () => world.sql('reservations', 'DELETE FROM resident_copy');
const query = async <Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> =>
  (await service.runtime.database.pool.query(sql, [...values])).rows as Row[];

describe('the copy of residents', () => {
  it('F45: is the same whatever the order of events, and however often they come', async () => {
    const versions = Array.from({ length: 40 }, (_, index) => copyOf(index % 8, 1 + (index >> 3)));
    await keepResidents(
      query,
      Array.from({ length: 8 }, (_, index) => copyOf(index, 5)),
    );
    const expected = await checksum();
    const anyOrder = fc.shuffledSubarray([...versions, ...versions], {
      minLength: versions.length * 2,
    });
    await fc.assert(
      fc.asyncProperty(anyOrder, async (events) => {
        await empty();
        for (const one of events) await keepResidents(query, [one]);
        expect(await checksum()).toEqual(expected);
      }),
      { numRuns: 10 },
    );
    await empty();
  });

  it('is rebuilt from nothing, and keeps what came meanwhile', async () => {
    expect(await rebuildResidents(service.runtime)).toBe(PEOPLE);
    const expected = await checksum();
    expect(expected).toMatchObject({ people: PEOPLE });
    await empty();
    await keepResidents(query, [copyOf(7, 9)]);
    await rebuildResidents(service.runtime);
    expect(
      await world.sql(
        'reservations',
        'SELECT version::int FROM resident_copy WHERE resident_id = $1',
        [copyOf(7, 9).residentId],
      ),
    ).toEqual([{ version: 9 }]);
  });

  const forget = async () => {
    await empty();
    await world.sql('reservations', 'DELETE FROM copy_fill');
  };

  it('is filled by itself once, whatever facts came first', async () => {
    await forget();
    await keepResidents(query, [copyOf(3, 4)]);
    await fillResidents(service.runtime)();
    expect(await checksum()).toMatchObject({ people: PEOPLE });
    await empty();
    await fillResidents(service.runtime)();
    expect(await checksum()).toMatchObject({ people: 0 });
  });

  it('is filled to its end by the next run when one broke off after its first page', async () => {
    await forget();
    broken = true;
    await expect(fillResidents(service.runtime)()).rejects.toThrow(/residents of the registry/u);
    expect(await checksum()).toMatchObject({ people: PEOPLE - 500 });
    broken = false;
    await fillResidents(service.runtime)();
    expect(await checksum()).toMatchObject({ people: PEOPLE });
  });
});

describe('the copy of doses', () => {
  it('is filled from what was recorded before anybody listened', async () => {
    await fillDoses(service.runtime)();
    const kept = 'SELECT dose_id AS "doseId", dose_number AS "doseNumber" FROM dose_copy';
    expect(await world.sql('reservations', kept)).toEqual([{ doseId: DOSE.doseId, doseNumber: 1 }]);
  });
});
