import { WEEKDAYS } from '@madoguchi/contracts/catalogue';
import type { Weekday } from '@madoguchi/contracts';
import { parseCalendarDate } from '@madoguchi/kernel/calendar-date';
import { listedWords } from '../catalogue-entry/listed-words.ts';
import type { ReservationSettings } from '../gateway/contract-types.ts';

/** What is typed of the settings; figures and days as text until they are sent. */
export type SettingDraft = Record<SettingText, string> & {
  callingWeekdays: readonly Weekday[];
  callsOnHolidays: boolean;
};
export const FIGURES = [
  'phoneMinutes',
  'webMinutes',
  'shortestMinutes',
  'offersToMiss',
  'sessionDaysAhead',
] as const;
export const TIMES = ['callingFrom', 'callingTo'] as const;
type SettingText = (typeof FIGURES)[number] | (typeof TIMES)[number] | 'closedDays';

/** The most that each figure can be; the server holds the same. */
const MOST: Record<(typeof FIGURES)[number], number> = {
  phoneMinutes: 1_440,
  webMinutes: 1_440,
  shortestMinutes: 1_440,
  offersToMiss: 20,
  sessionDaysAhead: 1_830,
};

export const draftOfSettings = (settings: ReservationSettings): SettingDraft => ({
  ...settings,
  closedDays: settings.closedDays.join(' '),
  phoneMinutes: String(settings.phoneMinutes),
  webMinutes: String(settings.webMinutes),
  shortestMinutes: String(settings.shortestMinutes),
  offersToMiss: String(settings.offersToMiss),
  sessionDaysAhead: String(settings.sessionDaysAhead),
});

type Read =
  | { ok: true; settings: ReservationSettings }
  | { ok: false; wrong: readonly (keyof ReservationSettings)[] };

/** The settings that the fields say, or the members that are wrong. */
export function readSettings(draft: SettingDraft): Read {
  const wrong: (keyof ReservationSettings)[] = [];
  const figure = (name: (typeof FIGURES)[number]): number => {
    const text = draft[name].normalize('NFKC').trim();
    const value = /^\d{1,4}$/u.test(text) ? Number(text) : 0;
    if (value < 1 || value > MOST[name]) wrong.push(name);
    return value;
  };
  const settings: ReservationSettings = {
    callingFrom: draft.callingFrom,
    callingTo: draft.callingTo,
    callingWeekdays: WEEKDAYS.filter((day) => draft.callingWeekdays.includes(day)),
    callsOnHolidays: draft.callsOnHolidays,
    closedDays: listedWords(draft.closedDays),
    phoneMinutes: figure('phoneMinutes'),
    webMinutes: figure('webMinutes'),
    shortestMinutes: figure('shortestMinutes'),
    offersToMiss: figure('offersToMiss'),
    sessionDaysAhead: figure('sessionDaysAhead'),
  };
  if (settings.callingFrom === '') wrong.push('callingFrom');
  if (settings.callingTo <= settings.callingFrom) wrong.push('callingTo');
  if (settings.callingWeekdays.length === 0) wrong.push('callingWeekdays');
  if (settings.closedDays.some((day) => parseCalendarDate(day) === undefined))
    wrong.push('closedDays');
  for (const name of ['phoneMinutes', 'webMinutes'] as const)
    if (settings[name] < settings.shortestMinutes && !wrong.includes(name)) wrong.push(name);
  return wrong.length === 0 ? { ok: true, settings } : { ok: false, wrong };
}
