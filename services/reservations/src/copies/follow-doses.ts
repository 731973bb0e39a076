import type { dosesRecorded } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import type { Clock } from '@madoguchi/kernel';
import type { ReceivedEvent } from '@madoguchi/messaging';
import { keepDoses } from '../store/dose-copy-store.ts';
import { noteChangedResidents } from '../store/recheck-store.ts';
import { lockResidents } from '../store/take-seat.ts';

/** Keeps the copy of doses given; bookings of whom it was news are judged anew. */
export const followDoses =
  (clock: Clock) =>
  async (event: ReceivedEvent<typeof dosesRecorded>, tx: Transaction): Promise<void> => {
    const { doses } = event.payload;
    await lockResidents(
      tx,
      doses.map(({ residentId }) => residentId),
    );
    await noteChangedResidents(tx.query, await keepDoses(tx.query, doses), clock.now());
  };
