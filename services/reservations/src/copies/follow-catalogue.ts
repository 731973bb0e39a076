import type { catalogueChanged } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import type { ReceivedEvent } from '@madoguchi/messaging';
import { keepCatalogue } from '../store/catalogue-copy-store.ts';

/** Keeps the copy of rules and venues as programme changes them. */
export async function followCatalogue(
  event: ReceivedEvent<typeof catalogueChanged>,
  tx: Transaction,
): Promise<void> {
  await keepCatalogue(tx.query, event.payload);
}
