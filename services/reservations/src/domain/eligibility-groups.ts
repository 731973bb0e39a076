import type { CalendarDate } from '@madoguchi/kernel';
import { ageFits } from './eligibility-age.ts';
import type { Case } from './eligibility-case.ts';
import type { Reason } from './reason.ts';
import { reason } from './reason.ts';
import type { PriorityGroup } from './rulebook.ts';
import { isInForce } from './rulebook.ts';

/** By age or birth date, or by a list that has them on the day of vaccination. */
function belongsTo(group: PriorityGroup, { person, wanted: { date }, days }: Case): boolean {
  if (!group.listed) return ageFits(group, person.dateOfBirth, days);
  return (person.groups ?? []).some(
    ({ groupCode, from, to }) =>
      groupCode === group.groupCode && from <= date && (to === null || date < to),
  );
}

const opens = ({ opensOn, bookableFrom }: PriorityGroup): boolean =>
  opensOn !== null || bookableFrom !== null;

const first = (days: readonly (string | null)[]): CalendarDate | undefined =>
  days.filter((day) => day !== null).toSorted()[0] as CalendarDate | undefined;

/** Days of one group must both have come: that of the vaccination for the day wanted, that of bookings by now. */
function turnReasons(mine: readonly PriorityGroup[], wanted: string, askedOn: string): Reason[] {
  if (mine.length === 0) return [reason('not_in_priority_group')];
  const open = mine.filter(({ opensOn }) => opensOn === null || opensOn <= wanted);
  const reasons =
    open.length > 0
      ? []
      : [reason('priority_group_not_open', first(mine.map((one) => one.opensOn)))];
  const asked = open.length > 0 ? open : mine;
  if (asked.some(({ bookableFrom }) => bookableFrom === null || bookableFrom <= askedOn))
    return reasons;
  const bookableFrom = first(asked.map((one) => one.bookableFrom));
  return [
    ...reasons,
    { code: 'group_booking_not_open', ...(bookableFrom ? { bookableFrom } : {}) },
  ];
}

/**
 * Whose turn it is. A rule of a group is for its members. Where a programme's groups have opening days, it
 * is for members of one of them, by the days of whichever of theirs comes first.
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
  if (!groups.some(opens)) return { reasons: [], used: named };
  const opening = mine.filter(opens);
  const used = [...new Set([...named, ...opening])];
  return { reasons: turnReasons(opening, wanted.date, rules.askedOn), used };
}
