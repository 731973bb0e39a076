import { CHANNELS } from '@madoguchi/contracts';
import type { CalendarDate } from '@madoguchi/kernel';
import { addDays, tokyoInstant } from '@madoguchi/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BookingFacts, SlotFacts } from './decide-bookings.ts';
import { decideTogether } from './decide-together.ts';
import type { Person } from './eligibility.ts';
import { refusedMembers } from './group-refusal.ts';
import { placeGroup } from './place-group.ts';
import { ruleWith, rulebookOf } from './rulebook.fixture.ts';

const today = '2026-11-25' as CalendarDate;
const now = tokyoInstant(today, '09:00');
const none = { phone: 0, web: 0, staff: 0, 'walk-in': 0 };
const anybody: Person = {
  dateOfBirth: '1960-01-01' as CalendarDate,
  residency: [{ from: '1960-01-01' as CalendarDate, to: null }],
  doses: [],
  bookings: [],
};
const slot = (slotId: string, capacity: number, changes: Partial<SlotFacts> = {}): SlotFacts => ({
  slotId,
  date: addDays(today, 1),
  productCode: 'XA',
  capacity,
  booked: 0,
  held: 0,
  quota: { ...none, phone: capacity },
  taken: none,
  opensAt: tokyoInstant(today, '00:00'),
  closesAt: tokyoInstant(addDays(today, 1), '09:00'),
  startsAt: tokyoInstant(addDays(today, 1), '09:00'),
  closed: false,
  ...changes,
});
const members = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ residentId: `r${index}`, doseNumber: 1 }));
const by = { channel: 'phone', caseId: 'case', now } as const;
const facts = (
  slots: SlotFacts[],
  count: number,
  special: Record<string, Partial<Person>> = {},
): BookingFacts => ({
  people: new Map(
    members(count).map(({ residentId }) => [residentId, { ...anybody, ...special[residentId] }]),
  ),
  slots: new Map(slots.map((one) => [one.slotId, one])),
  holds: new Map(),
  rules: rulebookOf([ruleWith({ validFrom: today, ageFromMonths: 12 * 12 })]),
  now,
});
const decided = (slots: SlotFacts[], count: number, special?: Record<string, Partial<Person>>) =>
  decideTogether(placeGroup(members(count), slots, by), facts(slots, count, special));
const seatsOf = (slots: SlotFacts[], count: number) => {
  const answer = decided(slots, count);
  return answer.ok
    ? answer.seats.map(({ slotId }) => slotId)
    : answer.refused.map(({ refusal }) => refusal.code);
};

describe('given slots of two seats each', () => {
  const two = [slot('10:00', 2), slot('10:10', 2), slot('10:20', 2)];
  it('when five come: then they fill the slots in the order they were named', () =>
    expect(seatsOf(two, 5)).toEqual(['10:00', '10:00', '10:10', '10:10', '10:20']));
  it('when seven come: then only the seventh is told that it is full, and nobody is seated', () =>
    expect(seatsOf(two, 7)).toEqual(['slot_full']));
  it('when one between is closed: then it is passed over', () =>
    expect(
      seatsOf([slot('10:00', 2), slot('10:10', 2, { closed: true }), slot('10:20', 2)], 3),
    ).toEqual(['10:00', '10:00', '10:20']));
  it('when the rest was promised to another channel: then that is what is said', () =>
    expect(seatsOf([slot('10:00', 2, { quota: { ...none, phone: 1, web: 1 } })], 2)).toEqual([
      'channel_quota_reached',
    ]));
  it('when two of them may not: then each has a reason to be read out, and the others none', () => {
    const answer = decided(two, 4, {
      r1: { dateOfBirth: '2015-01-01' as CalendarDate },
      r3: { bookings: [{ doseNumber: 1, date: today, productCode: 'XA' }] },
    });
    expect(answer.ok || refusedMembers(answer.refused)).toEqual([
      {
        residentId: 'r1',
        code: 'age_not_eligible',
        ja: expect.stringContaining('接種できるのは令和8年12月31日からです。'),
        en: expect.stringContaining('from 2026-12-31 on'),
      },
      expect.objectContaining({ residentId: 'r3', code: 'already_booked' }),
    ]);
  });
});

describe('whatever the slots and the group', () => {
  it('everybody is seated exactly when there are seats for all, and no slot has one too many', () => {
    const some = fc.array(
      fc.record({ seats: fc.nat(5), closed: fc.boolean(), channel: fc.constantFrom(...CHANNELS) }),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(some, fc.integer({ min: 2, max: 12 }), (wanted, count) => {
        const slots = wanted.map(({ seats, closed, channel }, index) =>
          slot(String(index), seats, { closed, quota: { ...none, [channel]: seats } }),
        );
        const free = wanted.reduce(
          (sum, { seats, closed, channel }) => sum + (closed || channel !== 'phone' ? 0 : seats),
          0,
        );
        const answer = decided(slots, count);
        expect(answer.ok).toBe(free >= count);
        if (!answer.ok) {
          expect(answer.refused).toHaveLength(count - free);
          return;
        }
        for (const [index, { seats }] of wanted.entries())
          expect(
            answer.seats.filter(({ slotId }) => slotId === String(index)).length,
          ).toBeLessThanOrEqual(seats);
      }),
    );
  });
});
