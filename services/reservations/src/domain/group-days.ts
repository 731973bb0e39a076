import type { CalendarDate } from '@madoguchi/kernel';
import { allowedDays } from './allowed-days.ts';
import type { Person, Reason } from './eligibility.ts';
import type { Rulebook } from './rulebook.ts';

export type KnownMember = { residentId: string; doseNumber: number; person: Person };

/** Days and products that suit every member, and why the others are left out, member by member. */
export function groupDays(
  members: readonly KnownMember[],
  range: { from: CalendarDate; to: CalendarDate; productCode?: string | undefined },
  rules: Rulebook,
): {
  days: { date: CalendarDate; productCode: string }[];
  reasons: { residentId: string; reason: Reason }[];
} {
  const each = members.map(({ residentId, doseNumber, person }) => ({
    residentId,
    ...allowedDays(person, { doseNumber, ...range }, rules),
  }));
  const [first, ...others] = each;
  const days = [...(first?.daysOf ?? [])].flatMap(([productCode, dates]) =>
    dates
      .filter((date) => others.every(({ daysOf }) => daysOf.get(productCode)?.includes(date)))
      .map((date) => ({ date, productCode })),
  );
  const reasons = each.flatMap(({ residentId, reasons: why }) =>
    why.map((reason) => ({ residentId, reason })),
  );
  return { days, reasons };
}
