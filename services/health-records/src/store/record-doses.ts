import type { Who } from '@madoguchi/contracts';
import { dosesRecorded } from '@madoguchi/contracts';
import type { Database } from '@madoguchi/database';
import { newId } from '@madoguchi/kernel';
import type { Dose } from '../domain/dose.ts';
import { lastOfEach } from '../domain/dose.ts';
import { doseCopy, upsertDoses } from './dose-store.ts';

export type RecordContext = { database: Database; who: Who };
export type Recorded = { added: number; corrected: number; unchanged: number };

/** As many as fit into one event. */
const BATCH = 500;

async function recordBatch(context: RecordContext, doses: readonly Dose[]): Promise<Recorded> {
  return context.database.transaction(context.who, async (tx) => {
    const rows = lastOfEach(doses).map((dose) => ({ ...dose, doseId: newId() }));
    const written = await upsertDoses(tx.query, rows);
    const added = written.filter((dose) => dose.version === 1).length;
    if (written.length > 0) {
      tx.record({
        type: dosesRecorded,
        aggregateId: newId(),
        aggregateVersion: 1,
        payload: { doses: written.map(doseCopy) },
      });
      tx.audit({
        action: 'change',
        operation: 'health-records.record-doses',
        outcome: 'done',
        residents: [...new Set(written.map((dose) => dose.residentId))],
        fieldClasses: ['dose'],
        detail: { added, corrected: written.length - added },
      });
    }
    return { added, corrected: written.length - added, unchanged: doses.length - written.length };
  });
}

/**
 * Records doses, 500 in one transaction with their event. The same dose of a resident (product and
 * number) is recorded once; a difference corrects it under a higher version.
 */
export async function recordDoses(
  context: RecordContext,
  doses: readonly Dose[],
): Promise<Recorded> {
  const sum: Recorded = { added: 0, corrected: 0, unchanged: 0 };
  for (let start = 0; start < doses.length; start += BATCH) {
    const batch = await recordBatch(context, doses.slice(start, start + BATCH));
    sum.added += batch.added;
    sum.corrected += batch.corrected;
    sum.unchanged += batch.unchanged;
  }
  return sum;
}
