import { addDays, calendarDate, tokyoDate } from '@madoguchi/kernel/calendar-date';
import type { SlotSearch } from '../gateway/contract-types.ts';

/** What the caller wishes, as chosen on the screen. */
export type Criteria = {
  doseNumber: number;
  venueCode: string;
  productCode: string;
  from: string;
  days: number;
  time: TimeOfDay;
};

export type TimeOfDay = 'any' | 'morning' | 'afternoon' | 'evening';

export const ANY = '';
export const RANGES = [7, 14, 28, 56] as const;

const TIMES: Record<TimeOfDay, { timeFrom?: string; timeTo?: string }> = {
  any: {},
  morning: { timeTo: '12:00' },
  afternoon: { timeFrom: '12:00', timeTo: '17:00' },
  evening: { timeFrom: '17:00' },
};

export function firstCriteria(doseNumber: number, now: Date): Criteria {
  return {
    doseNumber,
    venueCode: ANY,
    productCode: ANY,
    from: addDays(tokyoDate(now), 1),
    days: 28,
    time: 'any',
  };
}

/** The search for a resident; `to` is the last day asked for. */
export function searchOf(residentId: string, criteria: Criteria): SlotSearch {
  const { doseNumber, venueCode, productCode, from, days, time } = criteria;
  return {
    residentId,
    doseNumber,
    from,
    to: addDays(calendarDate(from), days - 1),
    ...(venueCode === ANY ? {} : { venueCode }),
    ...(productCode === ANY ? {} : { productCode }),
    ...TIMES[time],
    limit: 50,
  };
}
