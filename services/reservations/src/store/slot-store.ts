import type { Channel, SlotView } from '@madoguchi/contracts';
import { CHANNELS } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import type { CalendarDate } from '@madoguchi/kernel';
import { tokyoInstant } from '@madoguchi/kernel';
import type { SlotState } from '../domain/slot-state.ts';
import { shutAt } from './venue-store.ts';

export type SlotRow = SlotState & {
  slotId: string;
  venueCode: string;
  venueJa: string;
  venueEn: string;
  town: string;
  date: CalendarDate;
  startsAtTime: string;
  endsAtTime: string;
  productCode: string;
  productJa: string;
  productEn: string;
};

/** SQL: is venue `v` shut for slot `s`? */
export const VENUE_SHUT = shutAt('v', 's');

/** SQL: is slot `s` closed, or cut below the seats that it has? */
export const SLOT_SHUT = '(s.closed OR coalesce(s.target_capacity < s.capacity, false))';

export const SLOT = /* sql */ `
SELECT s.id AS "slotId", s.venue_code AS "venueCode", v.name_ja AS "venueJa", v.name_en AS "venueEn", v.town,
  s.day::text AS date, s.starts_at AS "startsAtTime", s.ends_at AS "endsAtTime", s.product_code AS "productCode",
  p.name_ja AS "productJa", p.name_en AS "productEn", s.capacity, s.booked, s.held,
  json_build_object('phone', s.phone_quota, 'web', s.web_quota, 'staff', s.staff_quota, 'walk-in', s.walk_in_quota) AS quota,
  json_build_object('phone', s.phone_taken, 'web', s.web_taken, 'staff', s.staff_taken, 'walk-in', s.walk_in_taken) AS taken,
  s.opens_at AS "opensAt", s.closes_at AS "closesAt",
  (${SLOT_SHUT} OR ${VENUE_SHUT}) AS closed
FROM slot s JOIN venue v ON v.code = s.venue_code JOIN product p ON p.code = s.product_code`;

/** The bit of a channel in `open_to`, which the database keeps: the channels that can still take a seat. */
const BIT_OF = { phone: 1, web: 2, staff: 4, 'walk-in': 8 } as const;

/** SQL: can this channel still take a seat of slot `s`? The same as `freeFor` above 0, and the slot is not closed. */
export const openTo = (channel: Channel): string => `(s.open_to & ${BIT_OF[channel]}) <> 0`;

export const withStart = (row: SlotRow): SlotRow => ({
  ...row,
  startsAt: tokyoInstant(row.date, row.startsAtTime),
});

/** Slots, locked in the order of their ids: whoever takes or frees a seat of one waits here for the one before. */
export async function lockSlots(
  query: Query,
  slotIds: readonly string[],
): Promise<Map<string, SlotRow>> {
  const rows = await query<SlotRow>(
    `${SLOT} WHERE s.id = ANY($1::uuid[]) ORDER BY s.id FOR UPDATE OF s`,
    [slotIds],
  );
  return new Map(rows.map((row) => [row.slotId, withStart(row)]));
}

/** Slots as they stand, to be shown. */
export async function slotsById(
  query: Query,
  slotIds: readonly string[],
): Promise<Map<string, SlotRow>> {
  const rows = await query<SlotRow>(`${SLOT} WHERE s.id = ANY($1::uuid[])`, [slotIds]);
  return new Map(rows.map((row) => [row.slotId, withStart(row)]));
}

export async function lockSlot(query: Query, slotId: string): Promise<SlotRow | undefined> {
  return (await lockSlots(query, [slotId])).get(slotId);
}

export function slotView(row: SlotRow, free: number): SlotView {
  return {
    slotId: row.slotId,
    venueCode: row.venueCode,
    venueName: { ja: row.venueJa, en: row.venueEn },
    town: row.town,
    date: row.date,
    startsAt: row.startsAtTime,
    endsAt: row.endsAtTime,
    productCode: row.productCode,
    productName: { ja: row.productJa, en: row.productEn },
    free,
  };
}

export type SeatChange = { channel: Channel; booked?: number; held?: number };

/** SQL: is there more booked than a cut left? Then a seat given up is gone, with the promise it sat on. */
const SHRINKS = 'coalesce(target_capacity < capacity, false)';
const COLUMN_OF = { phone: 'phone', web: 'web', staff: 'staff', 'walk-in': 'walk_in' } as const;
const QUOTAS_SHRINK = CHANNELS.map((channel) => {
  const column = `${COLUMN_OF[channel]}_quota`;
  return `${column} = ${column} + CASE WHEN ${SHRINKS} AND $4 = '${channel}' THEN $2 + $3 ELSE 0 END`;
}).join(', ');

/**
 * Moves the counts of a locked slot; the table's own CHECKs have the last word. A slot that was cut below
 * what is booked becomes smaller by every seat given up, until it has the size it was cut to.
 */
export async function moveSeats(query: Query, slotId: string, change: SeatChange): Promise<void> {
  const { channel, booked = 0, held = 0 } = change;
  await query(
    `UPDATE slot SET booked = booked + $2, held = held + $3,
       capacity = CASE WHEN ${SHRINKS} THEN greatest(target_capacity, booked + held + $2 + $3) ELSE capacity END,
       ${QUOTAS_SHRINK},
       phone_taken = phone_taken + CASE WHEN $4 = 'phone' THEN $2 + $3 ELSE 0 END,
       web_taken = web_taken + CASE WHEN $4 = 'web' THEN $2 + $3 ELSE 0 END,
       staff_taken = staff_taken + CASE WHEN $4 = 'staff' THEN $2 + $3 ELSE 0 END,
       walk_in_taken = walk_in_taken + CASE WHEN $4 = 'walk-in' THEN $2 + $3 ELSE 0 END
     WHERE id = $1::uuid`,
    [slotId, booked, held, channel],
  );
}
