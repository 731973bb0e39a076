import { describe, expect, it } from 'vitest';
import { agesText, dosesText, intervalText, validText } from './rule-words.ts';

const ANY = { ageFromMonths: null, ageBelowMonths: null, bornFrom: null, bornTo: null };

describe('a rule in words', () => {
  it.each([
    [ANY, '年齢を問わない'],
    [{ ...ANY, ageFromMonths: 144 }, '12歳以上'],
    [{ ...ANY, ageFromMonths: 6, ageBelowMonths: 60 }, '6か月以上・5歳未満'],
    [{ ...ANY, bornTo: '1962-04-01' }, '–1962-04-01'],
  ])('says ages: %j', (ages, text) => {
    expect(agesText(ages, 'ja')).toBe(text);
  });

  it('says doses, intervals and validity', () => {
    expect([dosesText({ doseFrom: 3, doseTo: 3 }), dosesText({ doseFrom: 3, doseTo: 7 })]).toEqual([
      '3',
      '3–7',
    ]);
    expect(intervalText({ minimumDaysBetween: 20, minimumMonths: null }, 'ja')).toBe('中20日');
    expect(intervalText({ minimumDaysBetween: null, minimumMonths: 3 }, 'en')).toBe('3 months');
    expect(intervalText({ minimumDaysBetween: null, minimumMonths: null }, 'ja')).toBe('間隔なし');
    expect(validText({ validFrom: '2026-09-01', validTo: null }, 'ja')).toBe(
      '2026-09-01 – 期限なし',
    );
  });
});
