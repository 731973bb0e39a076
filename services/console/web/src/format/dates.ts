import type { Language } from '../messages/message.ts';

const TOKYO = 'Asia/Tokyo';
const locale = (language: Language): string => (language === 'ja' ? 'ja-JP' : 'en-GB');

/** A calendar date as a UTC midnight, only ever formatted in UTC, so that no zone can shift it. */
const noonless = (date: string): Date => new Date(`${date}T00:00:00Z`);

/** `2026-11-30` → `11月30日(月)`. */
export function shortDay(date: string, language: Language): string {
  return new Intl.DateTimeFormat(locale(language), {
    timeZone: 'UTC',
    month: 'short',
    day: 'numeric',
    weekday: 'short',
  }).format(noonless(date));
}

/** `2026-11-30` → `2026年11月30日(月)`, as it is read out. */
export function longDay(date: string, language: Language): string {
  return new Intl.DateTimeFormat(locale(language), {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    weekday: 'short',
  }).format(noonless(date));
}

/** `13:30` → `午後1時30分`, as it is read out. */
export function spokenTime(time: string, language: Language): string {
  if (language === 'en') return time;
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const half = hour < 12 ? '午前' : '午後';
  return `${half}${hour % 12}時${minute === 0 ? '' : `${minute}分`}`;
}

/** An instant as `11/30 14:05`. */
export function dayAndTime(instant: string, language: Language): string {
  return new Intl.DateTimeFormat(locale(language), {
    timeZone: TOKYO,
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(instant));
}

/** An instant to the second in Tokyo, as `2026/11/30 14:05:09`. */
export function toTheSecond(instant: string, language: Language): string {
  return new Intl.DateTimeFormat(locale(language), {
    timeZone: TOKYO,
    dateStyle: 'short',
    timeStyle: 'medium',
    hourCycle: 'h23',
  }).format(new Date(instant));
}

/** Seconds as `m:ss`. */
export function minutesAndSeconds(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
