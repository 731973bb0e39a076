import { CHANNELS } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import type { SlotsMeant } from '../domain/nothing-free.ts';
import type { SlotsWanted } from './free-slot-store.ts';
import { searchParts } from './free-slot-store.ts';
import { openTo } from './slot-store.ts';
import { venueShutOn } from './venue-store.ts';

/** Slots of a place looked at, at most, to find one that is not closed: about a day's. */
const LOOKED_AT = 40;

/** What is to be said of the slots of a search that found none free, in one statement that stops early. */
export async function slotsMeant(query: Query, wanted: SlotsWanted): Promise<SlotsMeant> {
  const { values, after, places, hours, present, daysWith } = searchParts(wanted);
  const coming = `(s.day, s.starts_at, s.id) > ${after(present)} ${hours}`;
  const slots = (days: string, condition: string): string => /* sql */ `FROM slot s
    WHERE s.venue_code = p.code AND s.product_code = p.product_code AND s.day = ANY(p.${days})
      AND ${coming} AND ${condition}`;
  const any = (
    days: string,
    condition: string,
  ): string => /* sql */ `EXISTS (SELECT 1 FROM place p CROSS JOIN LATERAL (
    SELECT 1 ${slots(days, condition)} LIMIT 1) one)`;
  const now = 's.opens_at <= $3 AND s.closes_at > $3';
  const shut = venueShutOn('s');
  const others = CHANNELS.filter((one) => one !== wanted.channel && one !== 'walk-in');
  const [row] = await query<SlotsMeant>(
    /* sql */ `WITH place AS MATERIALIZED (
      SELECT v.code, w.* FROM venue v CROSS JOIN (
        SELECT w.product_code, w.days::date[] AS days,
          ${daysWith('o.opens_at <= $3 AND o.closes_at > $3')} AS bookable, ${daysWith('o.opens_at > $3')} AS later
        FROM unnest($1::text[], $2::text[]) AS w(product_code, days) OFFSET 0) w
      WHERE ${places})
    SELECT ${any('days', 'true')} AS planned,
      ${others.map((one) => any('bookable', `${openTo(one)} AND ${now} AND NOT ${shut}`)).join(' OR ')} AS "leftToOthers",
      EXISTS (SELECT 1 FROM place p CROSS JOIN LATERAL (
        SELECT s.closed OR ${shut} AS closed ${slots('bookable', now)} LIMIT ${LOOKED_AT}) one WHERE NOT one.closed) AS taken,
      (SELECT min(one.opens_at) FROM place p CROSS JOIN LATERAL (
        SELECT s.opens_at ${slots('later', `NOT s.closed AND s.opens_at > $3 AND NOT ${shut}`)}
        ORDER BY s.day, s.starts_at LIMIT 1) one) AS "opensAt"`,
    values,
  );
  if (!row) throw new Error('a statement without its row');
  return { ...row, opensAt: row.opensAt ?? undefined };
}
