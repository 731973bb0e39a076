import { describe, expect, it } from 'vitest';
import { readBirthDate } from './read-birth-date.ts';

const now = new Date('2026-11-24T03:00:00Z');

describe('readBirthDate', () => {
  it.each(['昭40.5.3', 'S400503', '昭和40年5月3日', '1965-05-03', '1965/5/3', 's40.5.3'])(
    'understands %s',
    (typed) => {
      expect(readBirthDate(typed, now)).toEqual({
        kind: 'date',
        era: '昭和40年5月3日',
        gregorian: '1965-05-03',
        age: 61,
      });
    },
  );

  it('counts the age up on the birthday, not before', () => {
    expect(readBirthDate('2000-11-24', now)).toMatchObject({ age: 26 });
    expect(readBirthDate('2000-11-25', now)).toMatchObject({ age: 25 });
  });

  it('asks back for a day after its era and for a day ahead', () => {
    expect(readBirthDate('S64.1.8', now)).toMatchObject({
      kind: 'doubtful',
      era: '平成元年1月8日',
    });
    expect(readBirthDate('R8.12.1', now)).toMatchObject({ kind: 'doubtful' });
  });

  it.each(['', '昭', '2月30日', '1965-02-30', 'abc'])('takes %j for no date', (typed) => {
    expect(readBirthDate(typed, now)).toEqual({ kind: 'unreadable' });
  });
});
