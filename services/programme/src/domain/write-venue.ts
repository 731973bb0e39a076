import type { Venue } from '@madoguchi/contracts';
import type { CalendarDate } from '@madoguchi/kernel';
import { addDays } from '@madoguchi/kernel';
import type { Column } from './venue-columns.ts';
import { COLUMNS, HOLIDAY_WORDS, KIND_WORDS, WEEKDAY_COLUMNS } from './venue-columns.ts';

/** The row of a venue, which `readVenue` reads back as the same venue. */
export function writeVenue(venue: Venue): string[] {
  const hours = Object.fromEntries(
    WEEKDAY_COLUMNS.map((weekday) => [
      weekday,
      venue.openingHours
        .filter((one) => one.weekday === weekday)
        .map(({ opens, closes }) => `${opens}-${closes}`)
        .join(' '),
    ]),
  );
  const cells: Record<string, string> = {
    code: venue.venueCode,
    nameJa: venue.name.ja,
    nameEn: venue.name.en,
    town: venue.town,
    address: venue.address,
    kind: KIND_WORDS[venue.kind],
    ...hours,
    holidays: venue.closesOnHolidays ? HOLIDAY_WORDS.closed : HOLIDAY_WORDS.open,
    closedDays: venue.closedDays.join(' '),
    products: venue.productCodes.join(' '),
    activeFrom: venue.activeFrom,
    lastDay: venue.activeTo === null ? '' : addDays(venue.activeTo as CalendarDate, -1),
  };
  return (Object.keys(COLUMNS) as Column[]).map((column) => cells[column] ?? '');
}
