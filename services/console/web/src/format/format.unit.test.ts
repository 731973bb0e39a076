import { describe, expect, it } from 'vitest';
import { longDay, minutesAndSeconds, shortDay, spokenTime } from './dates.ts';
import { shortId, spokenNumber } from './numbers.ts';

describe('dates', () => {
  it('formats a calendar day without shifting it by a zone', () => {
    expect(shortDay('2026-11-30', 'ja')).toBe('11月30日(月)');
    expect(longDay('2026-01-01', 'ja')).toBe('2026年1月1日(木)');
  });

  it.each([
    ['09:00', '午前9時'],
    ['12:30', '午後0時30分'],
    ['17:05', '午後5時5分'],
    ['00:00', '午前0時'],
  ])('reads %s out as %s', (time, spoken) => {
    expect(spokenTime(time, 'ja')).toBe(spoken);
  });

  it('counts down without going below zero', () => {
    expect(minutesAndSeconds(299.9)).toBe('4:59');
    expect(minutesAndSeconds(-3)).toBe('0:00');
  });
});

describe('numbers', () => {
  it.each([
    ['0312345678', '03-1234-5678'],
    ['09012345678', '090-1234-5678'],
    ['0120123456', '0120-123-456'],
    ['0451234567', '045-123-4567'],
    ['anonymous', 'anonymous'],
  ])('speaks %s as %s', (digits, spoken) => {
    expect(spokenNumber(digits)).toBe(spoken);
  });

  it('tells two cases apart by the end of their ids', () => {
    expect(shortId('019394a0-0000-7000-8000-00000000beef')).toBe('00BEEF');
  });
});
