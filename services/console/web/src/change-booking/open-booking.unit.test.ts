import { describe, expect, it } from 'vitest';
import { verifiedContext } from '../fixtures/invented-people.ts';
import { partyBookings } from './open-booking.ts';

const caller = verifiedContext('reservation');
const other = { ...caller, residentId: 'other' };

describe('the bookings of a call', () => {
  it('are those of everybody verified in it, each with whose it is', () => {
    const found = partyBookings([caller, other]);
    expect(found.map(({ residentId, name }) => [residentId, name])).toEqual([
      [caller.residentId, '髙橋 葛󠄀子'],
      ['other', '髙橋 葛󠄀子'],
    ]);
  });

  it('name nobody where one person calls for themself, and leave out what is not known yet', () => {
    expect(partyBookings([caller]).map(({ name }) => name)).toEqual([undefined]);
    const away = { ...other, reservations: { state: 'unavailable' as const } };
    expect(partyBookings([caller, away]).map(({ residentId }) => residentId)).toEqual([
      caller.residentId,
    ]);
  });
});
