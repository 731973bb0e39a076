import type { residentsChanged } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import type { Clock } from '@madoguchi/kernel';
import type { ReceivedEvent } from '@madoguchi/messaging';
import { noteChangedResidents } from '../store/recheck-store.ts';
import { keepResidents } from '../store/resident-copy-store.ts';
import { lockResidents } from '../store/take-seat.ts';

/** Keeps the copy of residents as they change; bookings of whom it was news are judged anew. */
export const followResidents =
  (clock: Clock) =>
  async (event: ReceivedEvent<typeof residentsChanged>, tx: Transaction): Promise<void> => {
    const { residents } = event.payload;
    await lockResidents(
      tx,
      residents.map(({ residentId }) => residentId),
    );
    await noteChangedResidents(tx.query, await keepResidents(tx.query, residents), clock.now());
  };
