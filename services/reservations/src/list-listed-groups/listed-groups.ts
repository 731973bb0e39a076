import type { listListedGroups, ReplyOf } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import { tokyoDate } from '@madoguchi/kernel';
import { countMembers } from '../store/group-member-store.ts';
import { readRulebook } from '../store/rulebook-store.ts';

/** Groups that are told by a list, with how many are on it at a moment. */
export async function listedGroups(
  query: Query,
  now: Date,
): Promise<ReplyOf<typeof listListedGroups>['groups']> {
  const [rules, counts] = await Promise.all([
    readRulebook(query, now),
    countMembers(query, tokyoDate(now)),
  ]);
  const of = new Map(counts.map((one) => [one.groupCode, one]));
  return rules.priorityGroups
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
    });
}
