import type { SlotView } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import type { CalendarDate } from '@madoguchi/kernel';
import { tokyoInstant } from '@madoguchi/kernel';
import type { SlotState } from '../domain/slot-state.ts';

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

export const SLOT = /* sql */ `
SELECT s.id AS "slotId", s.venue_code AS "venueCode", v.name_ja AS "venueJa", v.name_en AS "venueEn", v.town,
  s.day::text AS date, s.starts_at AS "startsAtTime", s.ends_at AS "endsAtTime", s.product_code AS "productCode",
  p.name_ja AS "productJa", p.name_en AS "productEn", s.capacity, s.booked, s.held, s.phone_quota AS "phoneQuota",
  s.phone_taken AS "phoneTaken", s.opens_at AS "opensAt", s.closes_at AS "closesAt", s.closed
FROM slot s JOIN venue v ON v.code = s.venue_code JOIN product p ON p.code = s.product_code`;

export const withStart = (row: SlotRow): SlotRow => ({
  ...row,
  startsAt: tokyoInstant(row.date, row.startsAtTime),
});

/** A slot, locked: whoever takes or frees a seat of it waits here for the one before. */
export async function lockSlot(query: Query, slotId: string): Promise<SlotRow | undefined> {
  const [row] = await query<SlotRow>(`${SLOT} WHERE s.id = $1::uuid FOR UPDATE OF s`, [slotId]);
  return row && withStart(row);
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

export type SeatChange = { booked?: number; held?: number; phone?: number };

/** Moves the counts of a locked slot; the table's own CHECK has the last word. */
export async function moveSeats(query: Query, slotId: string, change: SeatChange): Promise<void> {
  await query(
    `UPDATE slot SET booked = booked + $2, held = held + $3, phone_taken = phone_taken + $4 WHERE id = $1::uuid`,
    [slotId, change.booked ?? 0, change.held ?? 0, change.phone ?? 0],
  );
}
