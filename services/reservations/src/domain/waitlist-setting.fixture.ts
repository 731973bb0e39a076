import type { CalendarDate } from '@madoguchi/kernel';
import type { WaitlistSetting } from './offer-time.ts';

/** Calls on weekdays from nine to half past five, not on holidays, nor on 11 December 2026, a Friday. */
export const CALLING_ON_WEEKDAYS: WaitlistSetting = {
  phoneMinutes: 30,
  webMinutes: 15,
  shortestMinutes: 5,
  callingFrom: '09:00',
  callingTo: '17:30',
  callingWeekdays: [1, 2, 3, 4, 5],
  callsOnHolidays: false,
  closedDays: ['2026-12-11' as CalendarDate],
  offersToMiss: 3,
};
