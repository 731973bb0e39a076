import type { CalendarDate } from '@madoguchi/kernel';
import { ageFits } from './eligibility-age.ts';
import type { Case } from './eligibility-case.ts';
import type { Reason } from './reason.ts';
import { reason } from './reason.ts';
import type { PriorityGroup } from './rulebook.ts';
import { isInForce } from './rulebook.ts';

const belongsTo = (group: PriorityGroup, { person, days }: Case): boolean =>
  group.listed
    ? (person.groups ?? []).includes(group.groupCode)
    : ageFits(group, person.dateOfBirth, days);

/**
 * Whose turn it is. A rule of a group is for its members. Where a programme's groups have opening days, it
 * is for members of one of them, from the earliest opening day of theirs on.
 */
export function groupReasons(one: Case): { reasons: Reason[]; used: PriorityGroup[] } {
  const { rule, rules, wanted } = one;
  const groups = rules.priorityGroups.filter(
    (group) => group.programmeCode === rule.programmeCode && isInForce(group, wanted.date),
  );
  const mine = groups.filter((group) => belongsTo(group, one));
  const named = mine.filter((group) => group.groupCode === rule.groupCode);
  if (rule.groupCode !== null && named.length === 0)
    return { reasons: [reason('not_in_priority_group')], used: [] };
  if (groups.every((group) => group.opensOn === null)) return { reasons: [], used: named };
  const opening = mine.filter((group) => group.opensOn !== null);
  const used = [...new Set([...named, ...opening])];
  const [opensOn] = opening.map((group) => group.opensOn ?? '').toSorted();
  if (opensOn === undefined) return { reasons: [reason('not_in_priority_group')], used };
  if (wanted.date >= opensOn) return { reasons: [], used };
  return { reasons: [reason('priority_group_not_open', opensOn as CalendarDate)], used };
}
