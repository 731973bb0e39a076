import type { showSessionChange as ShowSessionChange } from '@madoguchi/contracts';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { describeChange } from '../store/describe-change.ts';
import { findChange } from '../store/session-change-store.ts';

/** What a proposed change would do, for whoever is asked to approve it: numbers, nobody's name. */
export function showSessionChange(runtime: Runtime): Handler<typeof ShowSessionChange> {
  return async ({ changeId }) => {
    const { read } = runtime.database;
    const row = await findChange(read, changeId);
    if (!row) return refuse('session_change_not_found');
    return ok({ change: await describeChange(read, row, runtime.clock.now()) });
  };
}
