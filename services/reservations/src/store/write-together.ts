import { reservationBooked } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import { newId } from '@madoguchi/kernel';
import type { SeatFor } from '../domain/decide-together.ts';
import type { LoadedFacts, NewBooking } from './booking-batch.ts';
import { freshNumbers, writeBookings } from './booking-batch.ts';
import type { SlotRow } from './slot-store.ts';

export type Booked = {
  reservationId: string;
  confirmationNumber: string;
  residentId: string;
  doseNumber: number;
  slot: SlotRow;
};

type By = { operation: string; facts: LoadedFacts; municipalityCode: string; bookedBy: string };

/** What is written of each seat, and what is said of it. */
function made(seats: readonly SeatFor[], numbers: readonly string[], by: By) {
  return seats.map((seat, index): { row: NewBooking; booked: Booked } => {
    const slot = by.facts.slots.get(seat.slotId);
    const confirmationNumber = numbers[index];
    if (!slot || confirmationNumber === undefined) throw new Error('a seat of no slot was decided');
    const id = newId();
    const { residentId, doseNumber } = seat;
    return {
      row: { ...seat, id, confirmationNumber, bookedBy: by.bookedBy },
      booked: { reservationId: id, confirmationNumber, residentId, doseNumber, slot },
    };
  });
}

/** Writes bookings that were decided together by one statement, and tells of each; one entry in the log. */
export async function writeTogether(
  tx: Transaction,
  seats: readonly SeatFor[],
  by: By,
): Promise<Booked[]> {
  const all = made(seats, await freshNumbers(tx.query, seats.length), by);
  writeBookings(
    tx,
    all.map(({ row }) => row),
    { ...by, now: by.facts.now },
  );
  const booked = all.map((one) => one.booked);
  for (const { reservationId, residentId, doseNumber, slot } of booked)
    tx.record({
      type: reservationBooked,
      aggregateId: reservationId,
      aggregateVersion: 1,
      payload: {
        reservationId,
        residentId,
        doseNumber,
        venueCode: slot.venueCode,
        date: slot.date,
      },
    });
  tx.audit({
    action: 'change',
    operation: by.operation,
    outcome: 'done',
    residents: [...new Set(booked.map(({ residentId }) => residentId))],
    detail: {
      reservationIds: booked.map(({ reservationId }) => reservationId),
      slotIds: booked.map(({ slot }) => slot.slotId),
    },
  });
  return booked;
}
