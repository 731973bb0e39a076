import type { Runtime } from '@madoguchi/service';
import { itself } from '@madoguchi/service';
import { dropOldSearchCounts } from '../store/candidate-search.ts';
import { dropOldFailures } from '../store/failed-verifications.ts';

/** Drops failed tries and counted searches that count towards no limit any more. */
export function forgetFailures(runtime: Runtime): () => Promise<void> {
  return () =>
    runtime.database.transaction(itself(runtime), async (tx) => {
      await dropOldFailures(tx.query, runtime.clock.now());
      await dropOldSearchCounts(tx.query, runtime.clock.now());
    });
}
