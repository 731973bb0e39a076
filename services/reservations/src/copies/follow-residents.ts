import type { residentsChanged } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import type { ReceivedEvent } from '@madoguchi/messaging';
import { keepResidents } from '../store/resident-copy-store.ts';

/** Keeps the copy of residents as they change. */
export async function followResidents(
  event: ReceivedEvent<typeof residentsChanged>,
  tx: Transaction,
): Promise<void> {
  await keepResidents(tx.query, event.payload.residents);
}
