import type { Runtime } from '@madoguchi/service';
import { dropOldSearchCounts } from '../store/candidate-search.ts';
import { dropOldFailures } from '../store/failed-verifications.ts';

/** Drops failed tries and counted searches that count towards no limit any more. */
export function forgetFailures(runtime: Runtime): () => Promise<void> {
  return async () => {
    const query = async (sql: string, values: readonly unknown[] = []) =>
      (await runtime.database.pool.query(sql, [...values])).rows as never[];
    await dropOldFailures(query, runtime.clock.now());
    await dropOldSearchCounts(query, runtime.clock.now());
  };
}
