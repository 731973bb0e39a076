import { describe, expect, it } from 'vitest';
import { shownBirthDate } from './shown-birth-date.ts';

const now = new Date('2026-11-24T03:00:00Z');

describe('shownBirthDate', () => {
  it.each([
    '昭40.5.3',
    'S400503',
    '昭和40年5月3日',
    '1965-05-03',
    '1965/5/3',
    's40.5.3',
    '昭和四十年五月三日',
  ])('understands %s', (typed) => {
    expect(shownBirthDate(typed, now)).toEqual({
      kind: 'date',
      era: '昭和40年5月3日',
      gregorian: '1965-05-03',
      age: 61,
    });
  });

  it('counts the age up on the birthday, not before', () => {
    expect(shownBirthDate('2000-11-24', now)).toMatchObject({ age: 26 });
    expect(shownBirthDate('2000-11-25', now)).toMatchObject({ age: 25 });
  });

  it('tells a day outside its era from a day ahead', () => {
    expect(shownBirthDate('S64.1.8', now)).toMatchObject({
      kind: 'outside-era',
      era: '平成元年1月8日',
    });
    expect(shownBirthDate('R8.12.1', now)).toMatchObject({ kind: 'future', era: '令和8年12月1日' });
  });

  it.each([
    ['', 'unreadable'],
    ['昭', 'unreadable'],
    ['2月30日', 'unreadable'],
    ['abc', 'unreadable'],
    ['1965-02-30', 'no-such-day'],
    ['昭和40年', 'year-only'],
  ])('takes %j for %s', (typed, kind) => {
    expect(shownBirthDate(typed, now)).toMatchObject({ kind });
  });
});
