import { addDays, calendarDate, daysBetween } from '@madoguchi/kernel/calendar-date';
import type { Answer } from '../gateway/answer.ts';
import type { Slot } from '../gateway/contract-types.ts';

/** What stands for whom a slot is asked: the days, inclusive, and one venue or all. */
export type Near = { from: string; to: string; venueCode?: string };
export type AskNear = (near: Near) => Promise<Answer<readonly Slot[]>>;

const DAY_MINUTES = 24 * 60;
/** Another venue is as far as a day away, another product as three. */
const OTHER_VENUE = DAY_MINUTES;
const OTHER_PRODUCT = 3 * DAY_MINUTES;
/** Days after the lost slot: at its venue, then anywhere. */
const AT_THE_VENUE = 6;
const ANYWHERE = 27;

/** Of the slots on offer the one closest to one that was lost, which is not among them. */
export function nextBest(lost: Slot, offered: readonly Slot[]): Slot | undefined {
  const distance = (slot: Slot): number =>
    Math.abs(minutesApart(lost, slot)) +
    (slot.venueCode === lost.venueCode ? 0 : OTHER_VENUE) +
    (slot.productCode === lost.productCode ? 0 : OTHER_PRODUCT);
  return offered
    .filter(({ slotId }) => slotId !== lost.slotId)
    .toSorted((one, other) => distance(one) - distance(other))[0];
}

/** Asks for slots around a lost one, at its venue first. */
export async function findNextBest(lost: Slot, ask: AskNear): Promise<Answer<Slot | undefined>> {
  const { date, venueCode } = lost;
  const until = (days: number): string => addDays(calendarDate(date), days);
  const there = await ask({ from: date, to: until(AT_THE_VENUE), venueCode });
  if (!there.ok) return there;
  const found = nextBest(lost, there.value);
  if (found !== undefined) return { ok: true, value: found };
  const anywhere = await ask({ from: date, to: until(ANYWHERE) });
  return anywhere.ok ? { ok: true, value: nextBest(lost, anywhere.value) } : anywhere;
}

const minutesOfDay = (time: string): number => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
};

function minutesApart(one: Slot, other: Slot): number {
  const days = daysBetween(calendarDate(one.date), calendarDate(other.date));
  return days * DAY_MINUTES + minutesOfDay(other.startsAt) - minutesOfDay(one.startsAt);
}
