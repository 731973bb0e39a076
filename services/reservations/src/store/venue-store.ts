import type { ShutReason, Venue } from '@madoguchi/contracts';
import { WEEKDAYS } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import type { VenueOffer } from '../domain/newly-shut.ts';
import { givesProduct } from '../domain/newly-shut.ts';
import type { VenueHours } from '../domain/opening-hours.ts';

export type VenueCopy = VenueOffer & { code: string };

type Told = {
  closes_on_holidays?: boolean;
  closed_days?: string[];
  active_from?: string | null;
  active_to?: string | null;
  opening_hours?: Venue['openingHours'];
  product_codes?: string[];
};

/** Hours as their owner tells them, by the number of the weekday. */
export const hoursOf = (told: Venue['openingHours']): VenueHours[] =>
  told.map(({ weekday, opens, closes }) => ({ weekday: WEEKDAYS.indexOf(weekday), opens, closes }));

/** What a venue would give, and when, as its owner would tell. */
export const offerOf = (venue: Venue): VenueOffer => ({
  closesOnHolidays: venue.closesOnHolidays,
  closedDays: venue.closedDays,
  activeFrom: venue.activeFrom,
  activeTo: venue.activeTo,
  openWeekdays: venue.openingHours.map(({ weekday }) => WEEKDAYS.indexOf(weekday)),
  productCodes: venue.productCodes,
  hours: hoursOf(venue.openingHours),
});

/** A venue with as much of its days and products as its owner has told; nothing told closes nothing. */
export async function findVenue(query: Query, code: string): Promise<VenueCopy | undefined> {
  const [row] = await query<{ told: Told }>(
    'SELECT to_jsonb(v) AS told FROM venue v WHERE v.code = $1',
    [code],
  );
  if (!row) return undefined;
  const { told } = row;
  const hours = hoursOf(told.opening_hours ?? []);
  return {
    code,
    closesOnHolidays: told.closes_on_holidays ?? false,
    closedDays: told.closed_days ?? [],
    activeFrom: told.active_from ?? null,
    activeTo: told.active_to ?? null,
    openWeekdays: hours.map(({ weekday }) => weekday),
    hours,
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
  return known !== undefined && givesProduct(venue, productCode);
}

/** What shuts a venue, as SQL that is never null: the same as `whyClosedOn`, and products taken off the venue. */
const SHUT: readonly [ShutReason, (venue: string, row: string) => string][] = [
  ['closed-day', (v, row) => `${row}.day = ANY(${v}.closed_days)`],
  [
    'venue-inactive',
    (v, row) => `${row}.day < ${v}.active_from OR coalesce(${row}.day >= ${v}.active_to, false)`,
  ],
  ['weekday', (v, row) => `(${v}.open_weekdays >> extract(dow FROM ${row}.day)::int) & 1 = 0`],
  [
    'holiday',
    (v, row) =>
      `${v}.closes_on_holidays AND EXISTS (SELECT 1 FROM public_holiday f WHERE f.day = ${row}.day)`,
  ],
  [
    'product-not-given',
    (v, row) =>
      `cardinality(${v}.product_codes) > 0 AND NOT ${row}.product_code = ANY(${v}.product_codes)`,
  ],
];

/**
 * SQL: does venue `v` give nothing of the product of a row on its day? The catalogue may have been changed
 * after the session was opened.
 */
export const shutAt = (venue: string, row: string): string =>
  `(${SHUT.map(([, when]) => `(${when(venue, row)})`).join(' OR ')})`;

/**
 * SQL: the same of the venue of a row with `venue_code`, `product_code` and `day`. A value and no EXISTS, of
 * which the planner makes a join: then all rows are joined and sorted where the first fifty are wanted.
 */
export const venueShutOn = (row: string): string =>
  `coalesce((SELECT ${shutAt('h', row)} FROM venue h WHERE h.code = ${row}.venue_code), false)`;

/** SQL: why; null where it is not shut. */
export const whyVenueShutOn = (row: string): string =>
  `(SELECT CASE ${SHUT.map(([why, when]) => `WHEN ${when('h', row)} THEN '${why}'`).join(' ')} END
    FROM venue h WHERE h.code = ${row}.venue_code)`;

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
