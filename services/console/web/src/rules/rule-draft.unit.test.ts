import { describe, expect, it } from 'vitest';
import { EMPTY_TRIAL, trialOf } from './rule-draft.ts';

const now = new Date('2026-11-24T01:00:00Z');
const whole = { ...EMPTY_TRIAL, birthDate: '昭39.3.5', productCode: 'mrna', date: '2026-12-01' };

describe('trying the rules', () => {
  it('takes a birth date in any notation, and the next dose where none is named', () => {
    expect(trialOf(whole, now)).toEqual({
      dateOfBirth: '1964-03-05',
      productCode: 'mrna',
      date: '2026-12-01',
      doses: [],
      groups: [],
    });
  });

  it('names a dose, and the earlier ones with their dates', () => {
    const doses = [{ productCode: 'mrna', date: '2026-05-01' }];
    expect(trialOf({ ...whole, doseNumber: '2', doses }, now)).toMatchObject({
      doseNumber: 2,
      doses,
    });
  });

  it.each([
    { birthDate: '昭和64年13月1日' },
    { birthDate: '2099-01-01' },
    { productCode: '' },
    { date: '' },
    { doses: [{ productCode: 'mrna', date: '' }] },
  ])('waits while %j', (part) => {
    expect(trialOf({ ...whole, ...part }, now)).toBeUndefined();
  });
});
