import type { Query } from '@madoguchi/database';
import { addDays, tokyoDate } from '@madoguchi/kernel';
import type { NotOpened, OpeningTime, WantedDay } from '../domain/may-open.ts';
import { whyNotOpened } from '../domain/may-open.ts';
import { readRulebook } from './rulebook-store.ts';
import type { VenueCopy } from './venue-store.ts';
import { isGivenAt } from './venue-store.ts';

/** What holds for every session that is opened now: the rules, and how far ahead the city opens. */
export async function openingTime(query: Query, now: Date): Promise<OpeningTime> {
  const { doseRules } = await readRulebook(query, now);
  const [setting] = await query<{ daysAhead: number }>(
    'SELECT days_ahead AS "daysAhead" FROM session_setting',
  );
  if (!setting) throw new Error('a setting without its row');
  const today = tokyoDate(now);
  return { today, lastDay: addDays(today, setting.daysAhead), doseRules };
}

/** Why a session cannot be opened at a venue; undefined where it can. */
export const whyNotOpenedAt = async (
  query: Query,
  wanted: WantedDay & { venue: VenueCopy },
  time: OpeningTime,
): Promise<NotOpened | undefined> => {
  const { venue, productCode } = wanted;
  const gives = await isGivenAt(query, venue, productCode);
  return whyNotOpened(wanted, { ...venue, gives }, time);
};
