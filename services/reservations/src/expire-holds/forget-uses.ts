import { tokyoDate } from '@madoguchi/kernel';
import type { Runtime } from '@madoguchi/service';
import { dropUses } from '../store/budget-store.ts';

/** The job: budgets are a day's, so uses of the days before are dropped. */
export const forgetUses = (runtime: Runtime) => async (): Promise<void> => {
  await dropUses(runtime.database.read, tokyoDate(runtime.clock.now()));
};
