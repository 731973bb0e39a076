import type { Channel } from '@madoguchi/contracts';
import type { Asked, Seen } from './crash-world.fixture.ts';
import { PEOPLE, seatName, SLOTS } from './crash-world.fixture.ts';

export type Seat = { slot: number; channel: Channel };
export type Booking = Seat & { reservationId: string };
export type Hold = Seat & { holdId: string; caseId: string; expiresAt: number };

/** What a caller would expect, kept in memory and written without the rules it checks. */
export type Model = {
  now: number;
  bookings: (Booking | undefined)[];
  holds: (Hold | undefined)[];
  /** Bookings cancelled, by person. */
  cancelled: (string | undefined)[];
  /** What was done, to be asked again. */
  done: { asked: Asked; value: unknown }[];
};

export const newModel = (): Model => ({
  now: 0,
  bookings: Array.from({ length: PEOPLE }),
  holds: Array.from({ length: PEOPLE }),
  cancelled: Array.from({ length: PEOPLE }),
  done: [],
});

const present = <T>(items: readonly (T | undefined)[]): T[] =>
  items.filter((one): one is T => one !== undefined);

const seatsOn = ({ bookings, holds }: Model, slot: number): Seat[] =>
  [...present<Seat>(bookings), ...present<Seat>(holds)].filter((one) => one.slot === slot);

/** Seats a channel can still have: all that is left once the others keep what they have and were promised. */
export function freeOn(model: Model, { slot, channel }: Seat, own?: Seat): number {
  const { capacity, ...promised } = SLOTS[slot] ?? { capacity: 0, phone: 0, web: 0 };
  const there = seatsOn(model, slot).filter((one) => one !== own);
  const other = channel === 'web' ? 'phone' : 'web';
  const count = (by: string) => there.filter((one) => one.channel === by).length;
  return capacity - count(channel) - Math.max(count(other), promised[other]);
}

/** Why a seat cannot be had; `own` is given up for it. */
export function whyNot(model: Model, seat: Seat, own?: Seat): string | undefined {
  const there = seatsOn(model, seat.slot).filter((one) => one !== own);
  if (there.length >= (SLOTS[seat.slot]?.capacity ?? 0)) return 'slot_full';
  return freeOn(model, seat, own) <= 0 ? 'channel_quota_reached' : undefined;
}

/** The tables as they have to be. */
export function expectedTables(model: Model): Seen {
  const names = (seats: readonly (Seat | undefined)[]) =>
    seats
      .flatMap((one, person) => (one ? [seatName(person, one.slot, one.channel)] : []))
      .toSorted();
  return {
    counts: SLOTS.map((_, slot) => {
      const there = seatsOn(model, slot);
      const count = (by: Channel) => there.filter(({ channel }) => channel === by).length;
      const booked = present(model.bookings).filter((one) => one.slot === slot).length;
      return { booked, held: there.length - booked, phone: count('phone'), web: count('web') };
    }),
    bookings: names(model.bookings),
    holds: names(model.holds),
  };
}
