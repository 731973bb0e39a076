import type { workItemReleased } from '@madoguchi/contracts';
import { signalSubjects } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import type { ReceivedEvent } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { findCaseOfItem } from '../store/case-store.ts';
import { endCase } from '../store/end-case.ts';

/** An item given back takes its case along, so that nobody keeps looking at a person without an occasion. */
export const endReleasedCase =
  (runtime: Runtime) =>
  async (event: ReceivedEvent<typeof workItemReleased>, tx: Transaction): Promise<void> => {
    const { caseId, itemId } = event.payload;
    const row = await findCaseOfItem(tx.query, caseId);
    if (!row || row.workItemId !== itemId || row.state === 'closed') return;
    await endCase(tx, {
      caseId,
      at: runtime.clock.now(),
      afterCallCode: 'called-back-later',
    });
    tx.audit({
      action: 'case',
      operation: 'calls.end-released-case',
      outcome: 'done',
      detail: { caseId, itemId },
    });
    // Before the commit at worst: a verifier that forgets its tokens too early asks again.
    runtime.signal(signalSubjects.caseEnded, { caseId });
  };
