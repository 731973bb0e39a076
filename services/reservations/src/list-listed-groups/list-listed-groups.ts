import type { listListedGroups as ListListedGroups } from '@madoguchi/contracts';
import { ok, tokyoDate } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { countMembers } from '../store/group-member-store.ts';
import { readRulebook } from '../store/rulebook-store.ts';

/** Groups that are told by a list, with how many are on it; names nobody. */
export function listListedGroups(runtime: Runtime): Handler<typeof ListListedGroups> {
  return async () => {
    const now = runtime.clock.now();
    const { read } = runtime.database;
    const [rules, counts] = await Promise.all([
      readRulebook(read, now),
      countMembers(read, tokyoDate(now)),
    ]);
    const of = new Map(counts.map((one) => [one.groupCode, one]));
    return ok({
      groups: rules.priorityGroups
        .filter((group) => group.listed)
        .map(({ groupCode, programmeCode, name, opensOn, bookableFrom }) => {
          const { members = 0, ending = 0, ahead = 0, changedAt } = of.get(groupCode) ?? {};
          return {
            groupCode,
            programmeCode,
            name,
            opensOn,
            bookableFrom,
            members,
            ending,
            ahead,
            ...(changedAt ? { changedAt: changedAt.toISOString() } : {}),
          };
        }),
    });
  };
}
