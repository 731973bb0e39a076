import type { Channel } from '@madoguchi/contracts';
import { CHANNELS } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import type { CalendarDate } from '@madoguchi/kernel';
import { addDays } from '@madoguchi/kernel';
import type { PairDays } from '../domain/pair-days.ts';
import { bySeatBeside, bySecondSeat, minutesApart } from '../domain/second-seat.ts';
import type { SlotRow } from './slot-store.ts';
import { openTo, SLOT, slotsById, VENUE_SHUT, withStart } from './slot-store.ts';

/** How long after the standard day a second dose is still proposed. */
const SECOND_WITHIN_DAYS = 21;
/** Other venues are proposed for days this near to the standard one. */
const ELSEWHERE_WITHIN_DAYS = 3;
const ELSEWHERE_AT_MOST = 200;
/** A seat is beside another up to this many minutes away. */
const BESIDE_WITHIN_MINUTES = 30;

/** Whose seats are meant, and when. */
export type Seeker = { channel: Channel; now: Date };

/** SQL for slots that can be taken at `$1` through a channel. */
export const takeable = (channel: Channel): string =>
  `NOT s.closed AND NOT ${VENUE_SHUT} AND s.opens_at <= $1 AND s.closes_at > $1 AND ${openTo(channel)}`;

/** SQL for the seats a channel can still take of slot `s`: the same sum as `freeFor` in the rules. */
export function freeSeats(channel: Channel): string {
  const columns = CHANNELS.map((one) => one.replace('-', '_'));
  const own = channel.replace('-', '_');
  const beyond = columns.map((one) => `greatest(s.${one}_taken - s.${one}_quota, 0)`);
  const promised = columns.map((one) => `s.${one}_quota`);
  return `(greatest(s.${own}_quota - s.${own}_taken, 0) + s.capacity - (${[...promised, ...beyond].join(' + ')}))`;
}

/** SQL for minutes since midnight of a slot's start. */
const STARTS_AT_MINUTE = `(left(s.starts_at, 2)::int * 60 + right(s.starts_at, 2)::int)`;

/** Free seats for the second dose of a pair, best first; other venues where this one has fewer than `atLeast`. Nothing is locked. */
export async function secondSeats(
  query: Query,
  wanted: { first: SlotRow; days: PairDays; atLeast: number },
  seeker: Seeker,
): Promise<SlotRow[]> {
  const { first, days, atLeast } = wanted;
  const last = addDays(days.standard, SECOND_WITHIN_DAYS);
  const order = bySecondSeat({ first, standard: days.standard });
  const here = await query<SlotRow>(
    `${SLOT} WHERE ${takeable(seeker.channel)} AND s.venue_code = $2 AND s.product_code = $3
       AND s.day BETWEEN $4::date AND $5::date`,
    [seeker.now, first.venueCode, days.productCode, days.earliest, last],
  );
  const elsewhere =
    here.length >= atLeast
      ? []
      : await query<SlotRow>(
          `${SLOT} WHERE ${takeable(seeker.channel)} AND s.venue_code <> $2 AND s.product_code = $3
             AND s.day BETWEEN greatest($4::date, $5::date - ${ELSEWHERE_WITHIN_DAYS}) AND $5::date + ${ELSEWHERE_WITHIN_DAYS}
           ORDER BY abs(s.day - $5::date), s.day < $5::date,
             abs(${STARTS_AT_MINUTE} - (left($6, 2)::int * 60 + right($6, 2)::int)), s.id
           LIMIT ${ELSEWHERE_AT_MOST}`,
          [
            seeker.now,
            first.venueCode,
            days.productCode,
            days.earliest,
            days.standard,
            first.startsAtTime,
          ],
        );
  return [...here, ...elsewhere].map(withStart).toSorted(order);
}

/** Free seats at a venue beside one of the same day, best first. */
export async function seatsBeside(
  query: Query,
  beside: SlotRow,
  seeker: Seeker,
): Promise<SlotRow[]> {
  const rows = await query<SlotRow>(
    `${SLOT} WHERE ${takeable(seeker.channel)} AND s.venue_code = $2 AND s.day = $3::date`,
    [seeker.now, beside.venueCode, beside.date],
  );
  return rows
    .map(withStart)
    .filter((one) => Math.abs(minutesApart(one, beside)) <= BESIDE_WITHIN_MINUTES)
    .toSorted(bySeatBeside(beside));
}

/** Free seats of a venue's day from now on, earliest first. */
export async function seatsOfDay(
  query: Query,
  wanted: { venueCode: string; day: CalendarDate; productCode?: string | undefined; limit: number },
  seeker: Seeker,
): Promise<SlotRow[]> {
  const rows = await query<SlotRow>(
    `${SLOT} WHERE ${takeable(seeker.channel)} AND s.venue_code = $2 AND s.day = $3::date
       AND ($4::text IS NULL OR s.product_code = $4) ORDER BY s.starts_at, s.id LIMIT $5`,
    [seeker.now, wanted.venueCode, wanted.day, wanted.productCode ?? null, wanted.limit],
  );
  return rows.map(withStart);
}

/** Ids of a visit's slots in their order: those of the same venue, product and day that start within the span. */
export async function slotsOfVisit(
  query: Query,
  first: SlotRow,
  spanMinutes: number,
): Promise<string[]> {
  const rows = await query<{ id: string }>(
    `SELECT s.id FROM slot s WHERE s.venue_code = $1 AND s.product_code = $2 AND s.day = $3::date
       AND s.starts_at >= $4 AND ${STARTS_AT_MINUTE} <= left($4, 2)::int * 60 + right($4, 2)::int + $5
     ORDER BY s.starts_at`,
    [first.venueCode, first.productCode, first.date, first.startsAtTime, spanMinutes],
  );
  return rows.map(({ id }) => id);
}

export type VisitWanted = {
  /** Days and products on which everybody may be vaccinated. */
  days: readonly { date: CalendarDate; productCode: string }[];
  venueCode: string | null;
  town: string | null;
  timeFrom: string | null;
  timeTo: string | null;
  spanMinutes: number;
  people: number;
  limit: number;
};

/** The earliest start of each venue's day from which a span of its slots has seats for everybody. */
export async function visits(
  query: Query,
  wanted: VisitWanted,
  seeker: Seeker,
): Promise<{ slot: SlotRow; seats: number }[]> {
  const found = await query<{ id: string; seats: number }>(
    `WITH open AS (
       SELECT s.id, s.venue_code, s.product_code, s.day, s.starts_at, ${STARTS_AT_MINUTE} AS minute,
         ${freeSeats(seeker.channel)} AS free
       FROM slot s JOIN venue v ON v.code = s.venue_code
       JOIN unnest($2::date[], $3::text[]) AS d(day, product_code) ON d.day = s.day AND d.product_code = s.product_code
       WHERE ${takeable(seeker.channel)} AND ($4::text IS NULL OR s.venue_code = $4) AND ($5::text IS NULL OR v.town = $5)
         AND ($6::text IS NULL OR s.starts_at >= $6) AND ($7::text IS NULL OR s.starts_at < $7)
     ), spans AS (
       SELECT id, venue_code, product_code, day, starts_at, sum(free) OVER (PARTITION BY venue_code, product_code, day
         ORDER BY minute RANGE BETWEEN CURRENT ROW AND $8::int FOLLOWING)::int AS seats
       FROM open
     ), first AS (
       SELECT DISTINCT ON (day, venue_code, product_code) id, day, starts_at, seats FROM spans WHERE seats >= $9
       ORDER BY day, venue_code, product_code, starts_at
     )
     SELECT id, seats FROM first ORDER BY day, starts_at, id LIMIT $10`,
    [
      seeker.now,
      wanted.days.map(({ date }) => date),
      wanted.days.map(({ productCode }) => productCode),
      wanted.venueCode,
      wanted.town,
      wanted.timeFrom,
      wanted.timeTo,
      wanted.spanMinutes,
      wanted.people,
      wanted.limit,
    ],
  );
  const slots = await slotsById(
    query,
    found.map(({ id }) => id),
  );
  return found.flatMap(({ id, seats }) => {
    const slot = slots.get(id);
    return slot ? [{ slot, seats }] : [];
  });
}
