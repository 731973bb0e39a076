import type { CalendarDate } from '@madoguchi/kernel';
import { addDays, tokyoDate } from '@madoguchi/kernel';
import type { TestWorld } from '@madoguchi/testing/test-world';
import { testWorld } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reservations } from '../service.ts';
import { seedDemoProgramme } from './seed-demo.ts';

// Half past midnight in Tokyo, while it is still the old year in London.
let now = new Date('2027-01-01T00:30:00+09:00');
let world: TestWorld;
let seed: () => Promise<{ slots: number }>;
beforeAll(async () => {
  world = await testWorld({ clock: { now: () => now } });
  const { runtime } = await world.start(reservations);
  seed = () => seedDemoProgramme(runtime);
});
afterAll(() => world.stop());

const daysAhead = async (): Promise<{ first: CalendarDate; last: CalendarDate; days: number }> => {
  const [found] = await world.sql<{ first: CalendarDate; last: CalendarDate; days: number }>(
    'reservations',
    `SELECT min(day)::text AS first, max(day)::text AS last, count(DISTINCT day)::int AS days FROM slot
     WHERE day >= $1`,
    [tokyoDate(now)],
  );
  if (!found) throw new Error('no row');
  return found;
};

describe('the days of the demo', () => {
  it('begin with today in Tokyo', async () => {
    expect((await seed()).slots).toBeGreaterThan(1_000);
    expect(await daysAhead()).toEqual({ first: '2027-01-01', last: '2027-02-11', days: 42 });
  });

  it('are left as they are while one of them lies ahead', async () => {
    now = new Date('2027-02-11T23:59:00+09:00');
    expect(await seed()).toEqual({ slots: 0 });
  });

  it('are opened anew when all have passed', async () => {
    now = new Date('2027-02-12T00:00:00+09:00');
    expect((await seed()).slots).toBeGreaterThan(1_000);
    const last = addDays(tokyoDate(now), 41);
    expect(await daysAhead()).toEqual({ first: '2027-02-12', last, days: 42 });
    expect(await seed()).toEqual({ slots: 0 });
  });
});
