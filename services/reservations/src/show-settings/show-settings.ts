import type { showSettings as ShowSettings } from '@madoguchi/contracts';
import { ok } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { settingsDifferences } from '../domain/settings-differences.ts';
import { readSettings, settingChanges } from '../store/settings-store.ts';

/** What the city has set, and what it was before. */
export function showSettings(runtime: Runtime): Handler<typeof ShowSettings> {
  return async () => {
    const { read } = runtime.database;
    const changes = await settingChanges(read);
    return ok({
      settings: await readSettings(read),
      revision: changes[0]?.revision ?? 0,
      changes: changes.map(({ before, after, changedAt, ...change }) => ({
        ...change,
        changedAt: changedAt.toISOString(),
        differences: settingsDifferences(before, after),
      })),
    });
  };
}
