import type { CalendarDate } from '@madoguchi/kernel/calendar-date';
import { formatEraDate } from '@madoguchi/kernel/era-date';
import type { RefusalCode } from './refusals.ts';
import { REFUSALS } from './refusals.ts';
import type { Sentence } from './shapes.ts';

/** Days that a refusal may know: of vaccination, and of booking, from which on it no longer holds. */
export type RefusalDays = { earliest?: string | undefined; bookableFrom?: string | undefined };

/** The days among the details of a refusal, or among the members of the problem that tells of it. */
export function refusalDays(details: Readonly<Record<string, unknown>> = {}): RefusalDays {
  const { earliest, bookableFrom } = details;
  return {
    ...(typeof earliest === 'string' ? { earliest } : {}),
    ...(typeof bookableFrom === 'string' ? { bookableFrom } : {}),
  };
}

/** A calendar date in Japanese, as it is said. */
const inWords = (day: string): string => formatEraDate(day as CalendarDate);

const FROM = {
  ja: (day: string) => `接種できるのは${day}からです。`,
  en: (day: string) => `It can be given from ${day} on.`,
};
/** Where the day is said in other words. */
const FROM_BY_CODE: Partial<Record<RefusalCode, typeof FROM>> = {
  dose_interval_too_short: {
    ja: (day) => `次に接種できるのは${day}からです。`,
    en: (day) => `The next dose can be given from ${day} on.`,
  },
  programme_not_active: {
    ja: (day) => `この回の接種は${day}から行います。`,
    en: (day) => `This dose is given from ${day} on.`,
  },
};

/**
 * A refusal as it can be read out to a caller, with the day from which on it no longer holds where one is
 * known.
 */
export function refusalSentence(
  code: RefusalCode,
  { earliest, bookableFrom }: RefusalDays,
): Sentence {
  const { ja, en } = REFUSALS[code];
  if (bookableFrom !== undefined)
    return {
      ja: `${ja}予約受付は${inWords(bookableFrom)}からです。`,
      en: `${en} Bookings are taken from ${bookableFrom} on.`,
    };
  if (earliest === undefined) return { ja, en };
  const from = FROM_BY_CODE[code] ?? FROM;
  return { ja: `${ja}${from.ja(inWords(earliest))}`, en: `${en} ${from.en(earliest)}` };
}
