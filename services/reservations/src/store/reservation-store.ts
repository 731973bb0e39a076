import { randomInt } from 'node:crypto';
import type { ATTENDANCE, Channel, EntityOf, ReservationView } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import { confirmationNumber } from '@madoguchi/kernel';
import type { SlotRow } from './slot-store.ts';
import { slotsById, slotView } from './slot-store.ts';

export type ReservationRow = {
  id: string;
  residentId: string;
  programmeCode: string;
  slotId: string;
  doseNumber: number;
  state: 'booked' | 'attended' | 'cancelled' | 'missed' | 'turned-back';
  channel: Channel;
  confirmationNumber: string;
  bookedAt: Date;
  version: number;
};

export const RESERVATION = `SELECT id, resident_id AS "residentId", programme_code AS "programmeCode", slot_id AS "slotId",
  dose_number AS "doseNumber", state, channel, confirmation_number AS "confirmationNumber", booked_at AS "bookedAt",
  version FROM reservation`;

export async function lockReservation(
  query: Query,
  id: string,
  residentId: string,
): Promise<ReservationRow | undefined> {
  const [row] = await query<ReservationRow>(
    `${RESERVATION} WHERE id = $1::uuid AND resident_id = $2::uuid FOR UPDATE`,
    [id, residentId],
  );
  return row;
}

/** A resident's bookings that can still be changed, locked in the order of their ids. */
export const lockBooked = (query: Query, residentId: string): Promise<ReservationRow[]> =>
  query<ReservationRow>(
    `${RESERVATION} WHERE resident_id = $1::uuid AND state = 'booked' ORDER BY id FOR UPDATE`,
    [residentId],
  );

/** Is the same dose of the resident booked or given under another booking? */
export async function isBookedAnew(query: Query, row: ReservationRow): Promise<boolean> {
  const rows = await query(
    `SELECT 1 FROM reservation WHERE resident_id = $1::uuid AND programme_code = $2 AND dose_number = $3
       AND state IN ('booked', 'attended') AND id <> $4::uuid`,
    [row.residentId, row.programmeCode, row.doseNumber, row.id],
  );
  return rows.length > 0;
}

/** The booking of a number as it is stored, or of an id. */
export async function reservationBy(
  query: Query,
  by: { confirmationNumber: string } | { id: string },
): Promise<ReservationRow | undefined> {
  const [row] = await ('id' in by
    ? query<ReservationRow>(`${RESERVATION} WHERE id = $1::uuid`, [by.id])
    : query<ReservationRow>(`${RESERVATION} WHERE confirmation_number = $1`, [
        by.confirmationNumber,
      ]));
  return row;
}

export type NewReservation = {
  id: string;
  municipalityCode: string;
  residentId: string;
  programmeCode: string;
  doseNumber: number;
  slotId: string;
  channel: Channel;
  bookedBy: string;
  bookedAt: Date;
};

/** Writes a booking under a number nobody has yet; 100 million numbers leave room to try again. */
export async function insertReservation(query: Query, row: NewReservation): Promise<string> {
  for (;;) {
    const number = confirmationNumber(String(randomInt(100_000_000)).padStart(8, '0'));
    const written = await query(
      `INSERT INTO reservation (id, municipality_code, resident_id, programme_code, dose_number, slot_id, state,
         channel, confirmation_number, booked_by, booked_at)
       VALUES ($1::uuid, $2, $3::uuid, $4, $5, $6::uuid, 'booked', $7, $8, $9, $10)
       ON CONFLICT (confirmation_number) DO NOTHING RETURNING id`,
      [
        row.id,
        row.municipalityCode,
        row.residentId,
        row.programmeCode,
        row.doseNumber,
        row.slotId,
        row.channel,
        number,
        row.bookedBy,
        row.bookedAt,
      ],
    );
    if (written.length === 1) return number;
  }
}

/** Ends a booking; its seat is moved by the caller in the same transaction. */
export async function markCancelled(
  query: Query,
  id: string,
  why: { reason: string; now: Date },
): Promise<void> {
  await query(
    `UPDATE reservation SET state = 'cancelled', cancelled_at = $2, cancel_reason = $3, version = version + 1
     WHERE id = $1::uuid`,
    [id, why.now, why.reason],
  );
}

export async function markMoved(
  query: Query,
  id: string,
  to: { slotId: string; channel: Channel },
): Promise<void> {
  await query(
    `UPDATE reservation SET slot_id = $2::uuid, channel = $3, version = version + 1 WHERE id = $1::uuid`,
    [id, to.slotId, to.channel],
  );
}

export type ReservationEntity = EntityOf<(typeof ReservationView)['fields']>;

/** A booking with its slot, whole, before policy. */
export const reservationEntity = (row: ReservationRow, slot: SlotRow): ReservationEntity => ({
  reservationId: row.id,
  confirmationNumber: row.confirmationNumber,
  state: row.state,
  doseNumber: row.doseNumber,
  slot: slotView(slot, 0),
  channel: row.channel,
  bookedAt: row.bookedAt.toISOString(),
  version: row.version,
});

/** Bookings with their slots, and whose each is; in the order of the rows. */
export async function reservationEntities(
  query: Query,
  rows: readonly ReservationRow[],
): Promise<{ residentId: string; entity: ReservationEntity }[]> {
  const slots = await slotsById(
    query,
    rows.map((row) => row.slotId),
  );
  return rows.flatMap((row) => {
    const slot = slots.get(row.slotId);
    return slot ? [{ residentId: row.residentId, entity: reservationEntity(row, slot) }] : [];
  });
}

/** Bookings of a resident with their slots, newest first. */
export async function reservationsOf(
  query: Query,
  residentId: string,
): Promise<ReservationEntity[]> {
  const rows = await query<ReservationRow>(
    `${RESERVATION} WHERE resident_id = $1::uuid ORDER BY booked_at DESC LIMIT 50`,
    [residentId],
  );
  return (await reservationEntities(query, rows)).map(({ entity }) => entity);
}

/** Writes down at the venue what became of a booking; gives its new version. */
export async function markAttendance(
  query: Query,
  id: string,
  outcome: (typeof ATTENDANCE)[number],
): Promise<number> {
  const [row] = await query<{ version: number }>(
    `UPDATE reservation SET state = $2, version = version + 1 WHERE id = $1::uuid RETURNING version`,
    [id, outcome],
  );
  if (!row) throw new Error('a reservation that was locked is gone');
  return row.version;
}
