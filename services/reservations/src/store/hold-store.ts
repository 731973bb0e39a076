import type { Channel } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import { giveBackSeat } from './freed-seat.ts';
import { moveSeats } from './slot-store.ts';

export type HoldRow = {
  id: string;
  slotId: string;
  caseId: string;
  residentId: string;
  doseNumber: number;
  /** Whose promised seats it sits on. */
  channel: Channel;
  /** The person at work who took it. */
  heldBy?: string | null | undefined;
  expiresAt: Date;
  /** The offer of the waiting list that it belongs to; such a hold ends with its offer. */
  offerId?: string | null;
};

const HOLD = `SELECT id, slot_id AS "slotId", case_id AS "caseId", resident_id AS "residentId",
  dose_number AS "doseNumber", channel, held_by AS "heldBy", expires_at AS "expiresAt",
  offer_id AS "offerId" FROM hold`;

/** Holds by their ids, locked in that order. */
export const holdsById = (query: Query, ids: readonly string[]): Promise<HoldRow[]> =>
  query<HoldRow>(`${HOLD} WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE`, [ids]);

/** A hold of a case, as it is now; nothing is locked. */
export async function findHold(
  query: Query,
  id: string,
  caseId: string,
): Promise<HoldRow | undefined> {
  const [row] = await query<HoldRow>(`${HOLD} WHERE id = $1::uuid AND case_id = $2::uuid`, [
    id,
    caseId,
  ]);
  return row;
}

export async function lockHold(
  query: Query,
  id: string,
  caseId: string,
): Promise<HoldRow | undefined> {
  const [row] = await query<HoldRow>(
    `${HOLD} WHERE id = $1::uuid AND case_id = $2::uuid FOR UPDATE`,
    [id, caseId],
  );
  return row;
}

const bySlot = (one: HoldRow, other: HoldRow): number =>
  one.slotId < other.slotId ? -1 : Number(one.slotId > other.slotId);

/**
 * Holds of a case, of a resident's dose, or those whose time has run out, locked in the order of their ids, but none
 * of an offer; for the last, others at work on them are not waited for. Given in the order of their slots, in which
 * seats come back.
 */
export async function lockHolds(
  query: Query,
  which: { caseId: string } | { expiredAt: Date } | { residentId: string; doseNumber: number },
): Promise<HoldRow[]> {
  if ('residentId' in which)
    return query<HoldRow>(
      `${HOLD} WHERE resident_id = $1::uuid AND dose_number = $2 AND offer_id IS NULL ORDER BY id FOR UPDATE`,
      [which.residentId, which.doseNumber],
    );
  const holds =
    'caseId' in which
      ? await query<HoldRow>(`${HOLD} WHERE case_id = $1::uuid ORDER BY id FOR UPDATE`, [
          which.caseId,
        ])
      : await query<HoldRow>(
          `${HOLD} WHERE expires_at <= $1 AND offer_id IS NULL ORDER BY slot_id LIMIT 500 FOR UPDATE SKIP LOCKED`,
          [which.expiredAt],
        );
  return holds.toSorted(bySlot);
}

/**
 * Removes a hold and gives its seat back, to who waits for one first.
 * @param takenAgain its seat is taken again in the same transaction, so it never comes free
 */
export async function endHold(query: Query, hold: HoldRow, takenAgain: boolean): Promise<void> {
  const ended = await query(`DELETE FROM hold WHERE id = $1::uuid RETURNING id`, [hold.id]);
  const { slotId, channel } = hold;
  if (ended.length === 0) return;
  if (takenAgain) await moveSeats(query, slotId, { channel, held: -1 });
  else await giveBackSeat(query, { slotId, channel, was: 'held' });
}

export async function insertHold(query: Query, hold: HoldRow, heldAt: Date): Promise<void> {
  await query(
    `INSERT INTO hold (id, slot_id, case_id, resident_id, dose_number, channel, held_by, expires_at, held_at, offer_id)
     VALUES ($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5, $6, $7, $8, $9, $10::uuid)`,
    [
      hold.id,
      hold.slotId,
      hold.caseId,
      hold.residentId,
      hold.doseNumber,
      hold.channel,
      hold.heldBy ?? null,
      hold.expiresAt,
      heldAt,
      hold.offerId ?? null,
    ],
  );
}

/** How many commands of an operation somebody has done, counted by their keys. */
export async function commandsDone(
  query: Query,
  actorId: string,
  operation: string,
): Promise<number> {
  const [done] = await query<{ count: number }>(
    `SELECT count(*)::int AS count FROM relay.idempotency WHERE actor_id = $1 AND operation = $2`,
    [actorId, operation],
  );
  return done?.count ?? 0;
}
