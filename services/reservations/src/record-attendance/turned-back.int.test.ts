import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate, tokyoInstant } from '@madoguchi/kernel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ReservationsWorld } from '../store/reservations-world.fixture.ts';
import { reservationsWorld } from '../store/reservations-world.fixture.ts';

const VENUE = '1312300045';
const visitDay = addDays(tokyoDate(new Date()), 1);
let late = 0;
let world: ReservationsWorld;
beforeAll(async () => {
  world = await reservationsWorld({ clock: { now: () => new Date(Date.now() + late) } });
});
afterAll(() => world.stop());

it('who is turned back may be given a reason, and nobody else; it stands in the log', async () => {
  const [slot] = await world.sql<{ id: string }>(
    `SELECT id FROM slot WHERE venue_code = $1 AND day = $2 AND starts_at = '11:00'`,
    [VENUE, visitDay],
  );
  const { reservationId } = await world.book(slot?.id ?? '');
  const [row] = await world.sql<{ number: string }>(
    'SELECT confirmation_number AS number FROM reservation WHERE id = $1',
    [reservationId],
  );
  late = tokyoInstant(visitDay, '10:55').getTime() - Date.now();
  const { id, token: actorToken } = await world.actor('venue-staff', { venueCodes: [VENUE] });
  const { token: permit } = await world.permit(id, { kind: 'venue-visit' });
  const mark = (outcome: 'attended' | 'turned-back') =>
    world.call(
      contract.recordAttendance,
      { venueCode: VENUE, outcome, reason: 'papers', confirmationNumber: row?.number ?? '' },
      { actorToken, permit, idempotencyKey: newId() },
    );
  expect(await mark('attended')).toMatchObject({ refusal: { code: 'malformed_request' } });
  expect(await mark('turned-back')).toMatchObject({ ok: true });
  expect(
    await world.sql(
      `SELECT entry->'detail'->>'reason' AS reason FROM relay.audit_entry
       WHERE entry->>'operation' = 'reservations.record-attendance' AND entry->'detail'->>'reservationId' = $1`,
      [reservationId],
    ),
  ).toEqual([{ reason: 'papers' }]);
});
