import type { dosesRecorded } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import type { ReceivedEvent } from '@madoguchi/messaging';
import { keepDoses } from '../store/dose-copy-store.ts';

/** Keeps the copy of doses given. */
export async function followDoses(
  event: ReceivedEvent<typeof dosesRecorded>,
  tx: Transaction,
): Promise<void> {
  await keepDoses(tx.query, event.payload.doses);
}
