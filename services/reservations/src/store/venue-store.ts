import type { Venue } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import type { VenueDays } from '../domain/closing-days.ts';

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

export type VenueCopy = VenueDays & { code: string; productCodes: readonly string[] };

type Told = {
  closes_on_holidays?: boolean;
  closed_days?: string[];
  active_from?: string | null;
  active_to?: string | null;
  opening_hours?: { weekday: string }[];
  product_codes?: string[];
};

/** The days of a venue as its owner would tell them. */
export const venueDaysOf = (venue: Venue): VenueDays => ({
  closesOnHolidays: venue.closesOnHolidays,
  closedDays: venue.closedDays,
  activeFrom: venue.activeFrom,
  activeTo: venue.activeTo,
  openWeekdays: venue.openingHours.map(({ weekday }) => WEEKDAYS.indexOf(weekday)),
});

/** A venue with as much of its days and products as its owner has told; nothing told closes nothing. */
export async function findVenue(query: Query, code: string): Promise<VenueCopy | undefined> {
  const [row] = await query<{ told: Told }>(
    'SELECT to_jsonb(v) AS told FROM venue v WHERE v.code = $1',
    [code],
  );
  if (!row) return undefined;
  const { told } = row;
  return {
    code,
    closesOnHolidays: told.closes_on_holidays ?? false,
    closedDays: told.closed_days ?? [],
    activeFrom: told.active_from ?? null,
    activeTo: told.active_to ?? null,
    openWeekdays: (told.opening_hours ?? []).map(({ weekday }) => WEEKDAYS.indexOf(weekday)),
    productCodes: told.product_codes ?? [],
  };
}

/** Is the product known, and given at the venue as far as that was told? */
export async function isGivenAt(
  query: Query,
  venue: VenueCopy,
  productCode: string,
): Promise<boolean> {
  const [known] = await query('SELECT 1 FROM product WHERE code = $1', [productCode]);
  return (
    known !== undefined &&
    (venue.productCodes.length === 0 || venue.productCodes.includes(productCode))
  );
}

/** SQL: has the venue of a row with `venue_code` and `day` a closing day then? */
export const venueShutOn = (row: string): string =>
  `EXISTS (SELECT 1 FROM venue h WHERE h.code = ${row}.venue_code AND ${row}.day = ANY(h.closed_days))`;

/** Is there a venue of this code, or any in this town? Where neither is named, anywhere will do. */
export async function isAnyVenue(
  query: Query,
  { venueCode, town }: { venueCode?: string | undefined; town?: string | undefined },
): Promise<boolean> {
  if (venueCode === undefined && town === undefined) return true;
  const [place] = await query(
    `SELECT 1 FROM venue WHERE ($1::text IS NULL OR code = $1) AND ($2::text IS NULL OR town = $2) LIMIT 1`,
    [venueCode ?? null, town ?? null],
  );
  return place !== undefined;
}
