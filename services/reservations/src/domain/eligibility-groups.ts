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
 * Whose turn it is: a programme with groups in force is open to their members, each from the earliest
 * opening day of their groups on; one without groups is open to all. A rule of a group asks for that one.
 */
export function groupReasons(one: Case): { reasons: Reason[]; used: PriorityGroup[] } {
  const { rule, rules, wanted } = one;
  const groups = rules.priorityGroups.filter(
    (group) => group.programmeCode === rule.programmeCode && isInForce(group, wanted.date),
  );
  if (groups.length === 0 && rule.groupCode === null) return { reasons: [], used: [] };
  const used = groups.filter(
    (group) =>
      (rule.groupCode === null || group.groupCode === rule.groupCode) && belongsTo(group, one),
  );
  const [opensOn] = used.map((group) => group.opensOn).toSorted();
  if (opensOn === undefined) return { reasons: [reason('not_in_priority_group')], used };
  if (wanted.date >= opensOn) return { reasons: [], used };
  return { reasons: [reason('priority_group_not_open', opensOn as CalendarDate)], used };
}
