import type { ResidentCopy } from '@madoguchi/contracts';
import { residentsChanged } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import { newId } from '@madoguchi/kernel';

/** Tells the other services about the people of one household. */
export function announce(tx: Transaction, people: readonly ResidentCopy[]): void {
  if (people.length === 0) return;
  const residents = people.map(({ residentId, version, dateOfBirth, residency, refer }) => ({
    residentId,
    version,
    dateOfBirth,
    residency,
    refer,
  }));
  tx.record({
    type: residentsChanged,
    aggregateId: newId(),
    aggregateVersion: 1,
    payload: { residents },
  });
}
