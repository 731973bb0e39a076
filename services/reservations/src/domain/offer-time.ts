import type { Reach } from '@madoguchi/contracts';
import type { CalendarDate } from '@madoguchi/kernel';
import { addDays, tokyoDate, tokyoInstant } from '@madoguchi/kernel';
import { weekdayOf } from './closing-days.ts';
import { isPublicHoliday } from './public-holiday.ts';

/** How long an offer stands, and when people are called. Times are wall times in Tokyo. */
export type WaitlistSetting = {
  phoneMinutes: number;
  webMinutes: number;
  /** A seat that cannot be kept for so long is offered to nobody. */
  shortestMinutes: number;
  callingFrom: string;
  callingTo: string;
  /** 0 is Sunday. */
  callingWeekdays: readonly number[];
  /** Whether people are called on national holidays and from 29 December to 3 January too. */
  callsOnHolidays: boolean;
  /** Days of the city's own on which nobody is called. */
  closedDays: readonly CalendarDate[];
  /** Offers that may run out before somebody is taken off the list. */
  offersToMiss: number;
};

const MINUTE_MS = 60_000;
/** A month without one calling day would be a fault of the setting. */
const FURTHEST_DAYS = 31;

/** Whether the call centre calls people on a day at all. */
function callsOn(day: CalendarDate, setting: WaitlistSetting): boolean {
  if (!setting.callingWeekdays.includes(weekdayOf(day)) || setting.closedDays.includes(day))
    return false;
  return setting.callsOnHolidays || !isPublicHoliday(day);
}

/** The instant by which so many minutes of calling hours have passed; undefined when they never do. */
function afterCallingMinutes(
  now: Date,
  minutes: number,
  setting: WaitlistSetting,
): Date | undefined {
  let left = minutes * MINUTE_MS;
  for (let ahead = 0; ahead <= FURTHEST_DAYS; ahead += 1) {
    const day = addDays(tokyoDate(now), ahead);
    if (!callsOn(day, setting)) continue;
    const from = Math.max(now.getTime(), tokyoInstant(day, setting.callingFrom).getTime());
    const there = tokyoInstant(day, setting.callingTo).getTime() - from;
    if (there <= 0) continue;
    if (left < there) return new Date(from + left);
    left -= there;
  }
  return undefined;
}

/** The first instant from one on at which the call centre calls people; undefined when it never does. */
export const firstCallingTime = (from: Date, setting: WaitlistSetting): Date | undefined =>
  afterCallingMinutes(from, 0, setting);

export type OfferTime = {
  /** Not to be called before. */
  from: Date;
  until: Date;
};

/**
 * From when until when somebody can take a seat that is kept now. The telephone rings in calling hours
 * only, so a seat freed at night or on a holiday waits for the next morning it does; no offer stands longer than its slot can be taken.
 */
export function offerTime(
  asked: { reach: Reach; now: Date; slot: { closesAt: Date; startsAt: Date } },
  setting: WaitlistSetting,
): OfferTime | undefined {
  const { reach, now, slot } = asked;
  const after = (minutes: number): Date | undefined =>
    reach === 'phone'
      ? afterCallingMinutes(now, minutes, setting)
      : new Date(now.getTime() + minutes * MINUTE_MS);
  const limit = Math.min(slot.closesAt.getTime(), slot.startsAt.getTime());
  const from = after(0);
  const shortest = after(setting.shortestMinutes);
  const until = after(reach === 'phone' ? setting.phoneMinutes : setting.webMinutes);
  if (!from || !shortest || !until || shortest.getTime() > limit) return undefined;
  return { from, until: new Date(Math.min(until.getTime(), limit)) };
}
