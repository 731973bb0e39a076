import type { Channel, FreeSlotView } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import type { CalendarDate } from '@madoguchi/kernel';
import { tokyoDate, tokyoTime } from '@madoguchi/kernel';
import type { SlotRow } from './slot-store.ts';
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

/** Of slots by time: those of the venues whose next ones are the earliest, up to the last of these. */
const listed = (limit: string, free: string): string => /* sql */ `
nearest AS MATERIALIZED (SELECT * FROM next ORDER BY day, starts_at, id LIMIT ${limit}),
edge AS MATERIALIZED (SELECT day, starts_at FROM nearest ORDER BY day, starts_at, id OFFSET ${limit} - 1),
found AS (
  SELECT n.id FROM nearest CROSS JOIN LATERAL (
    SELECT s.id, s.day, s.starts_at FROM slot s
    WHERE s.venue_code = nearest.venue_code AND s.product_code = nearest.product_code
      AND s.day = ANY(nearest.days) AND ${free}
      AND (s.day, s.starts_at) <= (coalesce((SELECT day FROM edge), 'infinity'), coalesce((SELECT starts_at FROM edge), ''))
    ORDER BY s.day, s.starts_at, s.id LIMIT ${limit}) n
  ORDER BY n.day, n.starts_at, n.id LIMIT ${limit})`;

/** Of each venue, town, product or weekday the next one, behind a place. */
const nextOf = (key: string, limit: string, behind: string): string => /* sql */ `
found AS (
  SELECT id FROM (SELECT DISTINCT ON (${key}) * FROM next ORDER BY ${key}, day, starts_at, id) f
  WHERE (day, starts_at, id) > ${behind} ORDER BY day, starts_at, id LIMIT ${limit})`;

const KEY_OF: Record<Exclude<FreeSlotView, 'slots'>, string> = {
  'next-by-venue': 'venue_code',
  'next-by-town': 'town',
  'next-by-product': 'product_code',
  'next-by-weekday': 'extract(dow FROM day)',
};

/**
 * Free slots in the order of day and start, in one statement. For every venue and product the next one is
 * looked up in the index of the slots that are open to the channel; days that nobody can book yet are left
 * out before, or they would be waded through. Names are joined to what is left in the end.
 * @param page how many, and the slot that the page before ended with
 */
export async function findFree(
  query: Query,
  wanted: SlotsWanted & { view: FreeSlotView },
  page: { limit: number; after?: SlotPlace | undefined },
): Promise<SlotRow[]> {
  const { view } = wanted;
  const { values, give, after, places, hours, present, daysWith } = searchParts(wanted);
  const limit = give(page.limit);
  const behind = after(page.after ?? present);
  const begun = view === 'slots' ? behind : after(present);
  const free = /* sql */ `${openTo(wanted.channel)} AND s.opens_at <= $3 AND s.closes_at > $3
    AND (s.day, s.starts_at, s.id) > ${begun} ${hours}`;
  return query<SlotRow>(
    /* sql */ `WITH wanted AS MATERIALIZED (
      SELECT w.product_code, ${daysWith('o.opens_at <= $3 AND o.closes_at > $3')} AS days
      FROM unnest($1::text[], $2::text[]) AS w(product_code, days)
    ), next AS MATERIALIZED (
      SELECT f.*, v.town, w.days FROM venue v CROSS JOIN wanted w CROSS JOIN LATERAL (
        SELECT s.id, s.venue_code, s.product_code, s.day, s.starts_at FROM slot s
        WHERE s.venue_code = v.code AND s.product_code = w.product_code AND s.day = ANY(w.days) AND ${free}
        ORDER BY s.day, s.starts_at, s.id LIMIT 1) f
      WHERE ${places}
    ), ${view === 'slots' ? listed(limit, free) : nextOf(KEY_OF[view], limit, behind)}
    ${SLOT} WHERE s.id = ANY(ARRAY(SELECT id FROM found)) ORDER BY s.day, s.starts_at, s.id`,
    values,
  );
}
