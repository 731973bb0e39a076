import { describe, expect, it } from 'vitest';
import { FIRST_DRAFT, hoursOn, newSessionOf, previewOf, timesOf } from './session-draft.ts';

const now = new Date('2026-11-24T01:00:00Z');
const whole = { ...FIRST_DRAFT, venueCode: '1310000001', productCode: 'mrna', day: '2026-12-01' };

describe('a new session', () => {
  it('is sent with figures, and opens now where no time was typed', () => {
    expect(newSessionOf(whole, now)).toEqual({
      venueCode: '1310000001',
      productCode: 'mrna',
      day: '2026-12-01',
      pattern: {
        startsAt: '09:00',
        endsAt: '17:00',
        slotMinutes: 10,
        gaps: [{ from: '12:00', to: '13:00' }],
        capacity: 6,
        extraAtStart: 0,
        quotas: { phone: 0, web: 0, staff: 0, 'walk-in': 0 },
      },
      opensAt: '2026-11-24T01:00:00.000Z',
    });
  });

  it('is not sent while something is missing or no figure', () => {
    for (const part of [
      { venueCode: '' },
      { day: '' },
      { capacity: 'many' },
      { gaps: [{ from: '12:00', to: '' }] },
      { quotas: { ...FIRST_DRAFT.quotas, web: '-1' } },
    ])
      expect(newSessionOf({ ...whole, ...part }, now)).toBeUndefined();
  });

  it.each([
    [{}, { slots: 42, seats: 252 }],
    [
      { gaps: [{ from: '', to: '' }], extraAtStart: '2' },
      { slots: 48, seats: 290 },
    ],
    [{ gaps: [{ from: '12:05', to: '12:15' }] }, { slots: 46, seats: 276 }],
    [{ gaps: [{ from: '13:00', to: '12:00' }] }, { slots: 48, seats: 288 }],
    [
      {
        gaps: [
          { from: '12:00', to: '13:00' },
          { from: '15:00', to: '15:10' },
        ],
      },
      { slots: 41, seats: 246 },
    ],
    [{ endsAt: '09:05' }, { slots: 0, seats: 0 }],
  ])('%j shows how many slots and seats it gives', (part, preview) => {
    const session = newSessionOf({ ...whole, ...part }, now);
    expect(session === undefined ? undefined : previewOf(session)).toEqual(preview);
  });
});

describe('times of a venue', () => {
  const venue = {
    venueCode: '1310000001',
    openingHours: [
      { weekday: 'tue' as const, opens: '13:00', closes: '16:30' },
      { weekday: 'tue' as const, opens: '09:00', closes: '12:00' },
      { weekday: 'wed' as const, opens: '09:00', closes: '12:00' },
    ],
  };

  it('are proposed with the gaps between its hours', () => {
    expect(timesOf(hoursOn(venue, '2026-12-01'))).toEqual({
      startsAt: '09:00',
      endsAt: '16:30',
      gaps: [{ from: '12:00', to: '13:00' }],
    });
    expect(timesOf(hoursOn(venue, '2026-12-02'))).toEqual({
      startsAt: '09:00',
      endsAt: '12:00',
      gaps: [],
    });
  });

  it('are not proposed where none are known', () => {
    expect(timesOf(hoursOn(venue, '2026-12-03'))).toBeUndefined();
    expect(timesOf(hoursOn(venue, ''))).toBeUndefined();
    expect(timesOf(hoursOn(undefined, '2026-12-01'))).toBeUndefined();
  });
});
