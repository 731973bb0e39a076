import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate, tokyoInstant } from '@madoguchi/kernel';
import { eventually } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller, City } from './city.fixture.ts';
import { startCity } from './city.fixture.ts';

// The city opens at ten tomorrow, whenever this runs, and its clock goes on from there.
const visitDay = addDays(tokyoDate(new Date()), 1);
const ahead = tokyoInstant(visitDay, '10:05').getTime() - Date.now();
const VENUE = '1312300011';
let city: City;
let visitor: Caller;

beforeAll(async () => {
  city = await startCity({ clock: { now: () => new Date(Date.now() + ahead) } });
  const [found] = await city.callers(
    `NOT r.protected AND r.removal_date IS NULL AND r.birth_day < '1990-01-01'`,
  );
  if (!found) throw new Error('nobody to visit');
  visitor = found;
  await city.world.sql(
    'reservations',
    'UPDATE slot SET web_quota = 0 WHERE venue_code = $1 AND day = $2',
    [VENUE, visitDay],
  );
});
afterAll(() => city.world.stop());

const key = () => ({ idempotencyKey: newId() });

describe('the day at a venue', () => {
  it('goes from a case of its own over ticket and birth date to a walk-in who is there', async () => {
    const { call } = city.world;
    const staff = await city.world.actor('venue-staff', { venueCodes: [VENUE] });
    const me = { actorToken: staff.token };
    const opened = await call(contract.openVenueVisit, { venueCode: VENUE }, { ...me, ...key() });
    if (!opened.ok) throw new Error(opened.refusal.code);
    const own = await call(contract.getCase, { caseId: opened.value.caseId }, me);
    if (!own.ok || own.value.permit === undefined) throw new Error('no permit');
    expect(own.value.case?.kind).toBe('venue-visit');
    const atVenue = { ...me, permit: own.value.permit };
    const items = { ticketNumber: visitor.ticketNumber, dateOfBirth: visitor.dateOfBirth };
    const verified = await call(contract.verifyPerson, { purpose: 'venue-day', items }, atVenue);
    if (!verified.ok || verified.value.grant === undefined) throw new Error('not confirmed');
    const { grant } = verified.value;
    const residentId = verified.value.residentId ?? '';
    const walkIn = await call(
      contract.bookWalkIn,
      { residentId, doseNumber: 1, venueCode: VENUE },
      { ...atVenue, grant, ...key() },
    );
    if (!walkIn.ok) throw new Error(JSON.stringify(walkIn.refusal));
    expect(walkIn.value.slot).toMatchObject({ date: visitDay, startsAt: '10:10' });
    const found = await call(
      contract.findVisitor,
      {
        venueCode: VENUE,
        confirmationNumber: walkIn.value.confirmationNumber,
        dateOfBirth: visitor.dateOfBirth,
      },
      atVenue,
    );
    expect(found).toMatchObject({
      ok: true,
      value: { residentId, reservation: { state: 'attended' } },
    });
    const turnedBack = await call(
      contract.recordAttendance,
      {
        venueCode: VENUE,
        outcome: 'turned-back',
        confirmationNumber: walkIn.value.confirmationNumber,
        expectedVersion: 2,
      },
      { ...atVenue, ...key() },
    );
    expect(turnedBack).toMatchObject({ ok: true, value: { state: 'turned-back', version: 3 } });
    const { caseId } = opened.value;
    await call(contract.closeCase, { caseId, afterCallCode: 'booked' }, me);
    await eventually('the grant ended with the visit', async () => {
      const answer = await call(
        contract.bookWalkIn,
        { residentId, doseNumber: 2, venueCode: VENUE, slotId: newId() },
        { ...me, grant, ...key() },
      );
      return !answer.ok && answer.refusal.code === 'grant_required';
    });
  });

  it('is not opened by operators, nor served in a call', async () => {
    const operator = await city.world.actor('operator');
    const refused = await city.world.call(
      contract.openVenueVisit,
      { venueCode: VENUE },
      { actorToken: operator.token, ...key() },
    );
    expect(refused).toMatchObject({ refusal: { code: 'not_allowed' } });
  });
});
