import type { listListedGroups as ListListedGroups } from '@madoguchi/contracts';
import { ok } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { listedGroups } from './listed-groups.ts';

/** Groups that are told by a list, with how many are on it; names nobody. */
export function listListedGroups(runtime: Runtime): Handler<typeof ListListedGroups> {
  return async () => ok({ groups: await listedGroups(runtime.database.read, runtime.clock.now()) });
}
