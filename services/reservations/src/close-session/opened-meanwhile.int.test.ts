import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import { eventually } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_PRODUCT } from '../seed-demo/seed-demo.ts';
import type { ReservationsWorld } from '../store/reservations-world.fixture.ts';
import { reservationsWorld } from '../store/reservations-world.fixture.ts';

const venueCode = '1312300011';
const ROUNDS = 12;
let world: ReservationsWorld;
let manager: { actorToken: string };
beforeAll(async () => {
  world = await reservationsWorld();
  manager = { actorToken: (await world.actor('operations-manager')).token };
});
afterAll(() => world.stop());

const asked = () => ({ ...manager, idempotencyKey: newId() });
type Answer = { ok: true } | { ok: false; refusal: { code: string } };
const codeOf = (answer: Answer): string => (answer.ok ? 'ok' : answer.refusal.code);
/** Days after the demo's six weeks, as many as there are rounds. */
const dayOf = (round: number): string => addDays(tokyoDate(new Date()), 60 + round);
const pattern = (startsAt: string, endsAt: string): contract.SessionPattern => ({
  startsAt,
  endsAt,
  slotMinutes: 10,
  gaps: [],
  capacity: 4,
  extraAtStart: 0,
  quotas: { phone: 2, web: 2, staff: 0, 'walk-in': 0 },
});
const open = (day: string, startsAt = '09:00', endsAt = '12:00') =>
  world.call(
    contract.openSession,
    {
      venueCode,
      day,
      productCode: DEMO_PRODUCT,
      pattern: pattern(startsAt, endsAt),
      opensAt: new Date().toISOString(),
    },
    asked(),
  );
const close = (day: string) =>
  world.call(
    contract.closeVenueDays,
    { venueCode, from: day, to: day, reason: 'venue-unavailable' },
    asked(),
  );
const statesOn = async (day: string) =>
  (
    await world.sql<{ state: string }>(
      'SELECT state FROM session WHERE venue_code = $1 AND day = $2 ORDER BY starts_at',
      [venueCode, day],
    )
  ).map(({ state }) => state);
/** Is an opening under way, its session written and not committed yet? */
const isWriting = async () =>
  (
    await world.sql(
      `SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND query LIKE '%INTO session%'`,
    )
  ).length > 0;

describe('days of a venue that are closed while a session of it is being opened', () => {
  it('close the one that is being opened too', async () => {
    await world.sql(`CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS
      'BEGIN PERFORM pg_sleep(0.3); RETURN NEW; END'`);
    await world.sql(
      'CREATE TRIGGER slowly AFTER INSERT ON session FOR EACH ROW EXECUTE FUNCTION slowly()',
    );
    for (let round = 0; round < ROUNDS; round += 1) {
      const day = dayOf(round);
      const opening = open(day);
      await eventually('the opening to be under way', isWriting);
      const closing = close(day);
      expect([codeOf(await opening), codeOf(await closing)]).toEqual(['ok', 'ok']);
      expect(await statesOn(day)).toEqual(['closed']);
    }
    await world.sql('DROP TRIGGER slowly ON session');
  }, 60_000);

  it('wait for one another, whatever comes first: by itself, from a week before, by another closing', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const day = dayOf(ROUNDS + 7 + round);
      const codes = (
        await Promise.all([
          open(day),
          close(day),
          open(day, '13:00', '15:00'),
          world.call(
            contract.copySessions,
            { venueCode, from: addDays(day as never, -7), weeks: 1, skipDays: [] },
            asked(),
          ),
          close(day),
        ])
      ).map(codeOf);
      const known = ['ok', 'session_not_found', 'session_exists'];
      expect(codes.filter((code) => !known.includes(code))).toEqual([]);
      await close(day);
      expect((await statesOn(day)).filter((state) => state === 'open')).toEqual([]);
    }
  }, 60_000);
});

describe('the checker of runs', () => {
  it('finds all of it whole', async () => {
    expect(await world.checkReservations()).toMatchObject({ exitCode: 0, findings: [] });
  });
});
