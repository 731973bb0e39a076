import type { CalendarDate } from '@madoguchi/kernel';
import { tokyoDate, tokyoTime } from '@madoguchi/kernel';

export type ContractTerms = {
  /** Wall time in Tokyo, `HH:MM`; `24:00` is the end of the day. */
  hoursFrom: string;
  hoursTo: string;
  contractFrom: CalendarDate;
  contractTo: CalendarDate;
};

/** Is the contract in force on that day, last day included? */
export function contractInForce(terms: ContractTerms, now: Date): boolean {
  const today = tokyoDate(now);
  return terms.contractFrom <= today && today <= terms.contractTo;
}

/** Half-open: the first minute counts, the closing minute does not. */
export function withinHours(terms: ContractTerms, now: Date): boolean {
  const time = tokyoTime(now);
  return terms.hoursFrom <= time && time < terms.hoursTo;
}
