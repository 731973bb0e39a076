import { addDays, calendarDate, tokyoDate } from '@madoguchi/kernel/calendar-date';
import type { GroupSearch } from '../gateway/contract-types.ts';
import { ANY } from '../slots/slot-criteria.ts';
import type { Member } from './members.ts';

export type GroupCriteria = { venueCode: string; from: string; days: number; span: number };

/** Minutes within which everybody sits down. */
export const SPANS = [0, 30, 60, 120, 240] as const;

export function firstGroupCriteria(now: Date): GroupCriteria {
  return { venueCode: ANY, from: addDays(tokyoDate(now), 1), days: 28, span: 60 };
}

/** The search for all who come; `to` is the last day asked for. */
export function groupSearchOf(members: readonly Member[], criteria: GroupCriteria): GroupSearch {
  const { venueCode, from, days, span } = criteria;
  return {
    members: members.map(({ residentId, doseNumber }) => ({ residentId, doseNumber })),
    from,
    to: addDays(calendarDate(from), days - 1),
    ...(venueCode === ANY ? {} : { venueCode }),
    spanMinutes: span,
    limit: 30,
  };
}
