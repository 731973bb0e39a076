import { reminderDue } from '@madoguchi/contracts';
import { tokyoDate } from '@madoguchi/kernel';
import type { Transaction } from '@madoguchi/database';
import type { Runtime } from '@madoguchi/service';
import { itself } from '@madoguchi/service';
import { remindOf } from '../store/reminder-store.ts';

const LOT = 500;

async function remindSome(tx: Transaction, today: string): Promise<number> {
  const due = await remindOf(tx.query, { today, limit: LOT });
  for (const { reservationId, residentId, doseNumber, date, version } of due)
    tx.record({
      type: reminderDue,
      aggregateId: reservationId,
      aggregateVersion: version,
      payload: { reservationId, residentId, doseNumber, date },
    });
  return due.length;
}

/** The job: tells of every booked day that is near, once, however many processes run it. */
export const remindBookings = (runtime: Runtime) => async (): Promise<void> => {
  const who = itself(runtime);
  const today = tokyoDate(runtime.clock.now());
  for (;;) {
    const told = await runtime.database.transaction(who, (tx) => remindSome(tx, today));
    if (told < LOT) return;
  }
};
