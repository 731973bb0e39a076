import { addDays, calendarDate, tokyoDate } from '@madoguchi/kernel/calendar-date';
import type { SlotSearch, SlotView, SlotWeekday } from '../gateway/contract-types.ts';

/** What the caller wishes, as chosen on the screen. */
export type Criteria = {
  doseNumber: number;
  /** A venue's code, a town (see `placeOfTown`), or any. */
  place: string;
  productCode: string;
  from: string;
  days: number;
  time: TimeOfDay;
  weekdays: Weekdays;
  view: SlotView;
};

export type TimeOfDay = 'any' | 'morning' | 'afternoon' | 'evening';

/** Any, from Monday to Friday, at the weekend, or one day. */
export type Weekdays = 'any' | 'working' | 'weekend' | SlotWeekday;

export const ANY = '';
const TOWN = 'town:';
/** A town as a place to choose, beside venues. */
export const placeOfTown = (town: string): string => TOWN + town;
export const RANGES = [7, 14, 28, 56] as const;

const TIMES: Record<TimeOfDay, { timeFrom?: string; timeTo?: string }> = {
  any: {},
  morning: { timeTo: '12:00' },
  afternoon: { timeFrom: '12:00', timeTo: '17:00' },
  evening: { timeFrom: '17:00' },
};

const WORKING: readonly SlotWeekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];

function weekdaysOf(weekdays: Weekdays): { weekdays?: SlotWeekday[] } {
  if (weekdays === 'any') return {};
  if (weekdays === 'working') return { weekdays: [...WORKING] };
  return { weekdays: weekdays === 'weekend' ? ['sat', 'sun'] : [weekdays] };
}

function placeOf(place: string): { venueCodes?: string[]; towns?: string[] } {
  if (place === ANY) return {};
  return place.startsWith(TOWN) ? { towns: [place.slice(TOWN.length)] } : { venueCodes: [place] };
}

export function firstCriteria(doseNumber: number, now: Date): Criteria {
  return {
    doseNumber,
    place: ANY,
    productCode: ANY,
    from: addDays(tokyoDate(now), 1),
    days: 28,
    time: 'any',
    weekdays: 'any',
    view: 'slots',
  };
}

/** The search for a resident; `to` is the last day asked for. */
export function searchOf(residentId: string, criteria: Criteria): SlotSearch {
  const { doseNumber, place, productCode, from, days, time, weekdays, view } = criteria;
  return {
    residentId,
    doseNumber,
    from,
    to: addDays(calendarDate(from), days - 1),
    ...placeOf(place),
    ...(productCode === ANY ? {} : { productCode }),
    ...TIMES[time],
    ...weekdaysOf(weekdays),
    view,
    limit: 50,
  };
}
