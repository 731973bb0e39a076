import { describe, expect, it } from 'vitest';
import { ANY, firstCriteria, placeOfTown, searchOf } from './slot-criteria.ts';

const first = firstCriteria(1, new Date('2026-11-29T15:30:00Z'));

describe('slot criteria', () => {
  it('starts tomorrow by the calendar of Tokyo', () => {
    expect(first.from).toBe('2026-12-01');
  });

  it('asks for no more than what was chosen; the last day is included', () => {
    const search = searchOf('r', { ...first, days: 7 });
    expect(search.to).toBe('2026-12-07');
    expect(search).not.toHaveProperty('venueCodes');
    expect(search).not.toHaveProperty('timeFrom');
  });

  it('narrows by venue, product and time of day', () => {
    const wish = {
      ...first,
      place: '1310000001',
      productCode: ANY,
      time: 'afternoon' as const,
    };
    expect(searchOf('r', wish)).toMatchObject({
      venueCodes: ['1310000001'],
      timeFrom: '12:00',
      timeTo: '17:00',
    });
  });

  it('narrows by town and by day of the week', () => {
    const search = searchOf('r', { ...first, place: placeOfTown('船堀'), weekdays: 'weekend' });
    expect(search).toMatchObject({ towns: ['船堀'], weekdays: ['sat', 'sun'] });
    expect(searchOf('r', { ...first, weekdays: 'working' }).weekdays).toHaveLength(5);
    expect(searchOf('r', { ...first, weekdays: 'thu' }).weekdays).toEqual(['thu']);
    expect(searchOf('r', first)).not.toHaveProperty('weekdays');
  });

  it('asks for the next slot of each venue', () =>
    expect(searchOf('r', { ...first, view: 'next-by-venue' }).view).toBe('next-by-venue'));
});
