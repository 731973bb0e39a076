import { CHANNELS } from '@madoguchi/contracts';
import type { CalendarDate } from '@madoguchi/kernel';
import { addDays, tokyoInstant } from '@madoguchi/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BookingAsked, BookingFacts, HoldFacts, SlotFacts } from './decide-bookings.ts';
import { decideBookings } from './decide-bookings.ts';
import type { Person } from './eligibility.ts';
import { ruleWith, rulebookOf } from './rulebook.fixture.ts';

const today = '2026-11-25' as CalendarDate;
const now = tokyoInstant(today, '09:00');
const rule = (doseNumber: number) =>
  ruleWith({
    doseFrom: doseNumber,
    validFrom: today,
    validTo: addDays(today, 100),
    minimumDaysBetween: doseNumber === 1 ? null : 20,
  });
const anybody: Person = {
  dateOfBirth: '1960-01-01' as CalendarDate,
  residency: [{ from: '1960-01-01' as CalendarDate, to: null }],
  doses: [],
  bookings: [],
};
const slot = (slotId: string, changes: Partial<SlotFacts> = {}): SlotFacts => ({
  slotId,
  date: addDays(today, 1),
  productCode: 'XA',
  capacity: 2,
  booked: 0,
  held: 0,
  quota: { phone: 1, web: 0, staff: 0, 'walk-in': 0 },
  taken: { phone: 0, web: 0, staff: 0, 'walk-in': 0 },
  opensAt: tokyoInstant(today, '00:00'),
  closesAt: tokyoInstant(addDays(today, 1), '09:00'),
  startsAt: tokyoInstant(addDays(today, 1), '09:00'),
  closed: false,
  ...changes,
});
const facts = (slots: SlotFacts[], holds: HoldFacts[] = []): BookingFacts => ({
  people: new Map(['a', 'b', 'c', 'd'].map((id) => [id, anybody])),
  slots: new Map(slots.map((one) => [one.slotId, one])),
  holds: new Map(holds.map((one) => [one.id, one])),
  rules: rulebookOf([rule(1), rule(2)]),
  now,
});
const asks = (residentId: string, slotId: string, changes: Partial<BookingAsked> = {}) =>
  ({
    residentId,
    slotId,
    doseNumber: 1,
    caseId: 'case',
    channel: 'phone',
    ...changes,
  }) as BookingAsked;
const answersTo = (asked: BookingAsked[], known: BookingFacts) =>
  decideBookings(asked, known).map((one) => (one.ok ? 'booked' : one.refusal.code));

describe('bookings decided together', () => {
  it('leave the last seat to who asked first', () =>
    expect(answersTo([asks('a', 's'), asks('b', 's'), asks('c', 's')], facts([slot('s')]))).toEqual(
      ['booked', 'booked', 'slot_full'],
    ));

  it('keep the seat promised to the telephone from the web', () =>
    expect(
      answersTo(
        [
          asks('a', 's', { channel: 'web' }),
          asks('b', 's', { channel: 'web' }),
          asks('c', 's'),
          asks('d', 's'),
        ],
        facts([slot('s')]),
      ),
    ).toEqual(['booked', 'channel_quota_reached', 'booked', 'slot_full']));

  it('see a booking of the same batch as a booking of the person', () =>
    expect(
      answersTo(
        [asks('a', 's'), asks('a', 't'), asks('a', 't', { doseNumber: 2 })],
        facts([slot('s'), slot('t')]),
      ),
    ).toEqual(['booked', 'already_booked', 'dose_interval_too_short']));

  it('use a hold once, by its case and in its time', () => {
    const hold: HoldFacts = {
      id: 'h',
      slotId: 's',
      caseId: 'case',
      residentId: 'a',
      doseNumber: 1,
      channel: 'phone',
      expiresAt: new Date(now.getTime() + 1),
    };
    const held = slot('s', {
      capacity: 1,
      held: 1,
      taken: { phone: 1, web: 0, staff: 0, 'walk-in': 0 },
    });
    const withHold = (changes: Partial<BookingAsked> = {}) =>
      asks('a', 's', { slotId: undefined, holdId: 'h', ...changes } as Partial<BookingAsked>);
    expect(answersTo([withHold(), withHold()], facts([held], [hold]))).toEqual([
      'booked',
      'hold_not_found',
    ]);
    expect(answersTo([withHold({ caseId: 'other' })], facts([held], [hold]))).toEqual([
      'hold_not_found',
    ]);
    expect(answersTo([withHold()], facts([held], [{ ...hold, expiresAt: now }]))).toEqual([
      'hold_expired',
    ]);
    expect(answersTo([asks('b', 's'), withHold()], facts([held], [hold]))).toEqual([
      'slot_full',
      'booked',
    ]);
  });

  it('are decided as if each had been alone after the other, and never oversell', () => {
    const ask = fc.record({
      residentId: fc.constantFrom('a', 'b', 'c', 'd', 'stranger'),
      slotId: fc.constantFrom('s', 't', 'u', 'nowhere'),
      doseNumber: fc.constantFrom(1, 2),
      channel: fc.constantFrom(...CHANNELS),
    });
    fc.assert(
      fc.property(fc.array(ask, { maxLength: 30 }), (wanted) => {
        const asked = wanted.map((one) => ({ ...one, caseId: 'case' }));
        const start = [slot('s'), slot('t'), slot('u', { date: addDays(today, 40), capacity: 3 })];
        const together = decideBookings(asked, facts(start));
        const booked = new Map<string, number>();
        const doses = new Set<string>();
        for (const [index, answer] of together.entries()) {
          if (!answer.ok) continue;
          const { slotId } = answer.value;
          booked.set(slotId, (booked.get(slotId) ?? 0) + 1);
          const dose = `${asked[index]?.residentId}/${asked[index]?.doseNumber}`;
          expect(doses.has(dose)).toBe(false);
          doses.add(dose);
        }
        for (const one of start)
          expect(booked.get(one.slotId) ?? 0).toBeLessThanOrEqual(one.capacity);
        // Any cut of the batch gives the same answers up to the cut.
        const cut = Math.floor(asked.length / 2);
        expect(decideBookings(asked.slice(0, cut), facts(start))).toEqual(together.slice(0, cut));
      }),
    );
  });
});
