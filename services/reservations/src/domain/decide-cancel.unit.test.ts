import type { CalendarDate } from '@madoguchi/kernel';
import { addDays } from '@madoguchi/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideCancel } from './decide-cancel.ts';
import type { Person } from './eligibility.ts';
import { ruleWith, rulebookOf } from './rulebook.fixture.ts';

const start = '2026-10-01' as CalendarDate;
const rules = rulebookOf(
  [1, 2, 3, 4].map((doseFrom) =>
    ruleWith({ doseFrom, minimumDaysBetween: doseFrom === 1 ? null : 20 }),
  ),
);
const booking = (doseNumber: number) => ({
  id: String(doseNumber),
  programmeCode: 'autumn',
  doseNumber,
  productCode: 'XA',
  date: addDays(start, doseNumber * 30),
  version: 3,
});
const person = (booked: number[], given: number[]): Person => ({
  dateOfBirth: '1960-01-01' as CalendarDate,
  residency: [{ from: '1960-01-01' as CalendarDate, to: null }],
  doses: given.map(booking),
  bookings: booked.map((dose) => ({ ...booking(dose), reservationId: String(dose) })),
});
const cancelled = (
  doseNumber: number,
  known: { booked: number[]; given?: number[] },
  changes: { withFollowing?: boolean; expectedVersion?: number } = {},
) => {
  const decision = decideCancel(
    { booking: booking(doseNumber), withFollowing: false, ...changes },
    known.booked.map(booking),
    { person: person(known.booked, known.given ?? []), rules },
  );
  const bookings =
    decision.outcome === 'cancel'
      ? decision.bookings
      : decision.outcome === 'others-hang-on-it'
        ? decision.following
        : [];
  return [decision.outcome, ...bookings.map(({ doseNumber: number }) => number)];
};

describe('given doses 1 and 2 are booked', () => {
  it('when 1 is cancelled alone: then it is refused, since 2 hangs on it', () =>
    expect(cancelled(1, { booked: [1, 2] })).toEqual(['others-hang-on-it', 2]));
  it('when 1 is cancelled with what follows: then both are', () =>
    expect(cancelled(1, { booked: [1, 2] }, { withFollowing: true })).toEqual(['cancel', 1, 2]));
  it('when 2 is cancelled: then 1 stays', () =>
    expect(cancelled(2, { booked: [1, 2] })).toEqual(['cancel', 2]));
  it('when somebody changed it meanwhile: then nothing is cancelled (B52)', () =>
    expect(cancelled(2, { booked: [1, 2] }, { expectedVersion: 2 })).toEqual([
      'changed-meanwhile',
    ]));
  it('when the version is the one looked at: then it is cancelled', () =>
    expect(cancelled(2, { booked: [1, 2] }, { expectedVersion: 3 })).toEqual(['cancel', 2]));
});

describe('given more doses', () => {
  it('when the first of three is cancelled: then the others hang on it, one on the other', () =>
    expect(cancelled(1, { booked: [1, 2, 3] }, { withFollowing: true })).toEqual([
      'cancel',
      1,
      2,
      3,
    ]));
  it('when dose 1 was given elsewhere meanwhile: then 2 does not hang on its booking', () =>
    expect(cancelled(1, { booked: [1, 2], given: [1] })).toEqual(['cancel', 1]));
});

describe('given doses of several programmes', () => {
  const series = [ruleWith({}), ruleWith({ doseFrom: 2, programmeCode: 'booster' })];
  const two = rulebookOf([...series, ruleWith({ programmeCode: 'winter', productCodes: ['YB'] })], {
    others: { YB: 'y' },
  });
  const first = booking(1);
  const booster = { ...booking(2), programmeCode: 'booster' };
  const winter = { ...booking(1), id: 'winter', programmeCode: 'winter', productCode: 'YB' };
  const decide = (cancelling: typeof first, booked: (typeof first)[]) => {
    const bookings = booked.map((one) => ({ ...one, reservationId: one.id }));
    return decideCancel({ booking: cancelling, withFollowing: true }, booked, {
      person: { ...person([], []), bookings },
      rules: two,
    });
  };
  it('when the first is cancelled: then the booster of another programme hangs on it', () =>
    expect(decide(first, [first, booster])).toEqual({
      outcome: 'cancel',
      bookings: [first, booster],
    }));
  it('when the first dose of another vaccine is cancelled: then nothing hangs on it', () =>
    expect(decide(winter, [first, booster, winter])).toEqual({
      outcome: 'cancel',
      bookings: [winter],
    }));
});

describe('whatever is booked and given', () => {
  const doses = fc.subarray([1, 2, 3, 4]);
  it('no booking is left without a dose before it that had one', () => {
    fc.assert(
      fc.property(doses, doses, fc.constantFrom(1, 2, 3, 4), (booked, given, doseNumber) => {
        fc.pre(booked.includes(doseNumber));
        const isKnown = (dose: number, of: number[]) =>
          dose === 0 || of.includes(dose) || given.includes(dose);
        const [outcome, ...gone] = cancelled(
          doseNumber,
          { booked, given },
          { withFollowing: true },
        );
        expect(outcome).toBe('cancel');
        const left = booked.filter((dose) => !gone.includes(dose));
        for (const dose of left)
          if (isKnown(dose - 1, booked) && !given.includes(dose))
            expect(isKnown(dose - 1, left), `${dose} of ${String(left)}`).toBe(true);
      }),
    );
  });
});
