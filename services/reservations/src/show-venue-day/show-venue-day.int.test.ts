import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate, tokyoInstant } from '@madoguchi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReservationsWorld } from '../store/reservations-world.fixture.ts';
import { reservationsWorld } from '../store/reservations-world.fixture.ts';

const VENUE = '1312300045';
const OTHER_VENUE = '1312300011';
const visitDay = addDays(tokyoDate(new Date()), 1);
let late = 0;
let world: ReservationsWorld;
beforeAll(async () => {
  world = await reservationsWorld({ clock: { now: () => new Date(Date.now() + late) } });
});
afterAll(() => world.stop());

const staffOf = async (venueCodes: string[]) => {
  const actor = await world.actor('venue-staff', { venueCodes });
  const permit = await world.permit(actor.id, { kind: 'venue-visit' });
  return {
    id: actor.id,
    caseId: permit.caseId,
    actorToken: actor.token,
    permit: permit.token,
  };
};

describe('the day of a venue', () => {
  it('is told in numbers by start: who is expected, came, was turned back, and seats for walk-ins', async () => {
    const slots = await world.sql<{ id: string; starts_at: string }>(
      `SELECT id, starts_at FROM slot WHERE venue_code = $1 AND day = $2 ORDER BY starts_at`,
      [VENUE, visitDay],
    );
    const at = (time: string) => slots.find((slot) => slot.starts_at === time)?.id ?? '';
    const first = await world.book(at('10:00'));
    await world.book(at('10:00'));
    await world.book(at('14:00'));
    late = tokyoInstant(visitDay, '10:05').getTime() - Date.now();
    const me = await staffOf([VENUE]);
    const [row] = await world.sql<{ number: string }>(
      'SELECT confirmation_number AS number FROM reservation WHERE id = $1',
      [first.reservationId],
    );
    const marked = await world.call(
      contract.recordAttendance,
      { venueCode: VENUE, outcome: 'attended', confirmationNumber: row?.number ?? '' },
      { ...me, idempotencyKey: newId() },
    );
    expect(marked.ok).toBe(true);
    const shown = await world.call(contract.showVenueDay, { venueCode: VENUE }, me);
    if (!shown.ok) throw new Error(shown.refusal.code);
    expect(shown.value.day).toBe(visitDay);
    expect(shown.value.slots).toHaveLength(slots.length);
    const of = (time: string) => shown.value.slots.find(({ startsAt }) => startsAt === time);
    expect(of('10:00')).toMatchObject({ expected: 1, attended: 1, missed: 0, walkInSeats: 0 });
    // Six seats: five promised to the telephone and the web, one to walk-ins; none is promised to nobody.
    expect(of('14:00')).toMatchObject({ capacity: 6, expected: 1, attended: 0, walkInSeats: 1 });
  });

  it('is not told to staff of another venue, who find, mark, book and print nobody there either', async () => {
    const me = await staffOf([OTHER_VENUE]);
    const keyed = { ...me, idempotencyKey: newId() };
    const venueCode = VENUE;
    const residentId = await world.resident();
    const grant = await world.grant({
      operatorId: me.id,
      role: 'venue-staff',
      residents: [residentId],
      purposes: ['venue-day'],
      caseId: me.caseId,
    });
    const answers = [
      await world.call(contract.showVenueDay, { venueCode }, me),
      await world.call(
        contract.findVisitor,
        { venueCode, confirmationNumber: '123-456-788', dateOfBirth: '1960-01-01' },
        me,
      ),
      await world.call(
        contract.recordAttendance,
        { venueCode, outcome: 'attended', confirmationNumber: '123-456-788' },
        keyed,
      ),
      await world.call(
        contract.bookWalkIn,
        { venueCode, residentId, doseNumber: 1 },
        { ...keyed, grant },
      ),
      await world.call(
        contract.printDaySheet,
        { venueCode, day: visitDay, format: 'pdf', approvalId: newId() },
        me,
      ),
    ];
    expect(answers).toEqual(
      answers.map(() => ({ ok: false, refusal: { code: 'not_at_this_venue' } })),
    );
    const entries = await world.sql<{ operation: string }>(
      `SELECT entry->>'operation' AS operation FROM relay.audit_entry
       WHERE entry->>'action' = 'refusal' AND entry->>'actorId' = $1 ORDER BY operation`,
      [me.id],
    );
    expect(entries.map(({ operation }) => operation)).toEqual([
      'reservations.book-walk-in',
      'reservations.find-visitor',
      'reservations.print-day-sheet',
      'reservations.record-attendance',
    ]);
  });
});
