import type { Transaction } from '@madoguchi/database';
import { tokyoDate } from '@madoguchi/kernel';
import type { Runtime } from '@madoguchi/service';
import { itself } from '@madoguchi/service';
import { endWaitingInVain } from '../store/waiting-store.ts';

const OPERATION = 'reservations.end-waiting';
/** As many as one audit entry can name. */
const MOST = 500;

async function endSome(tx: Transaction, today: string): Promise<number> {
  const residents = await endWaitingInVain(tx.query, today, MOST);
  if (residents.length > 0)
    tx.audit({
      action: 'change',
      operation: OPERATION,
      outcome: 'done',
      residents,
    });
  return residents.length;
}

/** The job: who waits for days that are over, or has the dose or a booking of it, waits no longer. */
export const endWaiting = (runtime: Runtime) => async (): Promise<void> => {
  const who = itself(runtime);
  const today = tokyoDate(runtime.clock.now());
  for (;;) {
    const ended = await runtime.database.transaction(who, (tx) => endSome(tx, today));
    if (ended < MOST) return;
  }
};
