import { VenueCode } from '@madoguchi/contracts';
import { parseCalendarDate } from '@madoguchi/kernel';
import { WrongUsage } from './outcome.ts';

/** @param name how the command's help calls it, as VENUE or --venue */
export function checkVenue(code: string, name: string): void {
  if (!VenueCode.safeParse(code).success) throw new WrongUsage(`${name} is a code of ten digits.`);
}

type Days = { from: string; to: string };

/** @param names how the command's help calls the two, and what a beginning that is not said is called */
export function checkDays({ from, to }: Days, names: Days & { beginning: string }): void {
  if (parseCalendarDate(from) === undefined || parseCalendarDate(to) === undefined)
    throw new WrongUsage(`${names.from} and ${names.to} are dates, YYYY-MM-DD.`);
  if (to < from) throw new WrongUsage(`${names.to} lies before ${names.beginning}.`);
}
