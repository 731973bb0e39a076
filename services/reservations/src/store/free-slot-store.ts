import type { Channel, FreeSlotView } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import type { CalendarDate } from '@madoguchi/kernel';
import { tokyoDate, tokyoTime } from '@madoguchi/kernel';
import type { SlotRow } from './slot-store.ts';
import { venueShutOn } from './venue-store.ts';
import { openTo, SLOT } from './slot-store.ts';

/** A place in the order of slots: day, start, id. */
export type SlotPlace = readonly [string, string, string];

export type SlotsWanted = {
  channel: Channel;
  /** Days of a product, as the rules allow them; a product may stand in several rows. */
  days: readonly { productCode: string; days: readonly CalendarDate[] }[];
  venueCodes?: readonly string[] | undefined;
  towns?: readonly string[] | undefined;
  timeFrom?: string | undefined;
  timeTo?: string | undefined;
  now: Date;
};

export type FreeSlotsWanted = SlotsWanted & { view: FreeSlotView };

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** What all statements about a search have: `wanted` from `$1` and `$2`, now as `$3`, and conditions. */
export function searchParts(wanted: SlotsWanted) {
  const { days, venueCodes, towns, timeFrom, timeTo, now } = wanted;
  const values: unknown[] = [
    days.map((one) => one.productCode),
    days.map((one) => `{${one.days.join(',')}}`),
    now,
  ];
  const give = (value: unknown): string => `$${values.push(value)}`;
  const after = ([day, startsAt, id]: SlotPlace): string =>
    `(${give(day)}::date, ${give(startsAt)}, ${give(id)}::uuid)`;
  return {
    values,
    give,
    after,
    /** Condition on venue `v`. */
    places: [
      'true',
      ...(venueCodes ? [`v.code = ANY(${give(venueCodes)}::text[])`] : []),
      ...(towns ? [`v.town = ANY(${give(towns)}::text[])`] : []),
    ].join(' AND '),
    /** Conditions on slot `s`. */
    hours: [
      ...(timeFrom === undefined ? [] : [`AND s.starts_at >= ${give(timeFrom)}`]),
      ...(timeTo === undefined ? [] : [`AND s.starts_at < ${give(timeTo)}`]),
    ].join(' '),
    /** The place of a slot that begins just now. */
    present: [tokyoDate(now), tokyoTime(now), LAST_ID] as const,
    /** Days of `w.days` on which there is a slot `o`, of any venue, that fits. */
    daysWith: (condition: string): string =>
      `ARRAY(SELECT d FROM unnest(w.days::date[]) AS d
         WHERE EXISTS (SELECT 1 FROM slot o WHERE o.day = d AND ${condition}))`,
  };
}

const ORDER = 's.day, s.starts_at, s.id';

/** Can it be booked now? Written so that it is no range to look up: the days are those with such slots. */
const BOOKABLE_NOW = 'CASE WHEN s.opens_at <= $3 THEN s.closes_at > $3 ELSE false END';

/** The statement's parts that follow from the search: which slots are free, how many, behind which place. */
type Parts = { free: string; limit: string; behind: string; places: string };

/** The next one of every venue that is meant, of each product. */
const nextByVenue = ({ free, places }: Parts): string => /* sql */ `
next AS MATERIALIZED (
  SELECT f.*, v.town, w.days FROM venue v CROSS JOIN wanted w CROSS JOIN LATERAL (
    SELECT s.id, s.venue_code, s.product_code, s.day, s.starts_at FROM slot s
    WHERE s.venue_code = v.code AND s.product_code = w.product_code AND s.day = ANY(w.days) AND ${free}
    ORDER BY ${ORDER} LIMIT 1) f
  WHERE ${places})`;

/** The first ones of each product, whatever the venue. */
const firstOfProduct = (free: string, limit: string): string => /* sql */ `
  SELECT f.* FROM wanted w CROSS JOIN LATERAL (
    SELECT s.id, s.product_code, s.day, s.starts_at FROM slot s
    WHERE s.product_code = w.product_code AND s.day = ANY(w.days) AND ${free}
    ORDER BY ${ORDER} LIMIT ${limit}) f`;

/** Those of the venues whose next ones are the earliest, up to the last of these. */
const listByVenue = ({ free, limit }: Parts): string => /* sql */ `
nearest AS MATERIALIZED (SELECT * FROM next ORDER BY day, starts_at, id LIMIT ${limit}),
edge AS MATERIALIZED (SELECT day, starts_at FROM nearest ORDER BY day, starts_at, id OFFSET ${limit} - 1),
found AS (
  SELECT n.id FROM nearest CROSS JOIN LATERAL (
    SELECT s.id, s.day, s.starts_at FROM slot s
    WHERE s.venue_code = nearest.venue_code AND s.product_code = nearest.product_code
      AND s.day = ANY(nearest.days) AND ${free}
      AND (s.day, s.starts_at) <= (coalesce((SELECT day FROM edge), 'infinity'), coalesce((SELECT starts_at FROM edge), ''))
    ORDER BY ${ORDER} LIMIT ${limit}) n
  ORDER BY n.day, n.starts_at, n.id LIMIT ${limit})`;

/** Of each venue, town, product or weekday the next one. */
const nextOfEach = (key: string, { limit, behind }: Parts): string => /* sql */ `
found AS (
  SELECT id FROM (SELECT DISTINCT ON (${key}) * FROM next ORDER BY ${key}, day, starts_at, id) f
  WHERE (day, starts_at, id) > ${behind} ORDER BY day, starts_at, id LIMIT ${limit})`;

const KEY_OF: Record<Exclude<FreeSlotView, 'slots'>, string> = {
  'next-by-venue': 'venue_code',
  'next-by-town': 'town',
  'next-by-product': 'product_code',
  'next-by-weekday': 'extract(dow FROM day)',
};

function howToFind({ view, channel, venueCodes, towns }: FreeSlotsWanted, parts: Parts): string {
  const anywhere = venueCodes === undefined && towns === undefined;
  // Only the telephone has an index by time.
  const byTime =
    anywhere && channel === 'phone' && view !== 'next-by-venue' && view !== 'next-by-town';
  if (view === 'slots')
    return byTime
      ? `found AS (${firstOfProduct(parts.free, parts.limit)} ORDER BY f.day, f.starts_at, f.id LIMIT ${parts.limit})`
      : `${nextByVenue(parts)}, ${listByVenue(parts)}`;
  const next = byTime
    ? `next AS MATERIALIZED (${firstOfProduct(parts.free, '1')})`
    : nextByVenue(parts);
  return `${next}, ${nextOfEach(KEY_OF[view], parts)}`;
}

/**
 * Free slots in the order of day and start, in one statement. The earliest of all venues come from the
 * index of open slots by time; else the next one of every venue and product is looked up in the index by
 * venue. Days that nobody can book yet are left out before, or they would be waded through. Names are
 * joined to what is left in the end. One plan serves all: the values would not change it.
 * @param page how many, and the slot that the page before ended with
 */
export async function findFree(
  query: Query,
  wanted: FreeSlotsWanted,
  page: { limit: number; after?: SlotPlace | undefined },
): Promise<SlotRow[]> {
  const { values, give, after, places, hours, present, daysWith } = searchParts(wanted);
  const limit = give(page.limit);
  const behind = after(page.after ?? present);
  const begun = wanted.view === 'slots' ? behind : after(present);
  const free = `${openTo(wanted.channel)} AND ${BOOKABLE_NOW} AND NOT ${venueShutOn('s')}
    AND (${ORDER}) > ${begun} ${hours}`;
  await query('SET LOCAL plan_cache_mode = force_generic_plan');
  return query<SlotRow>(
    /* sql */ `WITH wanted AS MATERIALIZED (
      SELECT w.product_code, ${daysWith('o.opens_at <= $3 AND o.closes_at > $3')} AS days
      FROM unnest($1::text[], $2::text[]) AS w(product_code, days)
    ), ${howToFind(wanted, { free, limit, behind, places })}
    ${SLOT} WHERE s.id = ANY(ARRAY(SELECT id FROM found)) ORDER BY ${ORDER}`,
    values,
  );
}
