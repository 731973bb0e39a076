import type { Query } from '@madoguchi/database';
import { newId } from '@madoguchi/kernel';
import type { ReservationEntity, ReservationRow } from './reservation-store.ts';
import { RESERVATION, reservationEntities } from './reservation-store.ts';
import { isKeptBackOn } from './visit-store.ts';

const placeOf = ({ slot, confirmationNumber }: ReservationEntity): string =>
  `${slot.startsAt} ${confirmationNumber}`;

/** The party of a booking, which gets one where it has none; its resident is locked. */
export async function partyOf(query: Query, reservationId: string): Promise<string> {
  const [row] = await query<{ partyId: string }>(
    `UPDATE reservation SET party_id = coalesce(party_id, $2::uuid) WHERE id = $1::uuid
     RETURNING party_id AS "partyId"`,
    [reservationId, newId()],
  );
  if (!row) throw new Error('a reservation that was locked is gone');
  return row.partyId;
}

/** Bookings of this transaction come together. */
export async function joinParty(
  query: Query,
  partyId: string,
  reservationIds: readonly string[],
): Promise<void> {
  await query(`UPDATE reservation SET party_id = $1::uuid WHERE id = ANY($2::uuid[])`, [
    partyId,
    reservationIds,
  ]);
}

/**
 * Who comes together with a booking to the same venue on the same day, in the order of their times; nothing is
 * said of those whom the register keeps back.
 */
export async function comingTogether(
  query: Query,
  reservationId: string,
): Promise<{ residentId: string; entity: ReservationEntity }[]> {
  const rows = await query<ReservationRow>(
    `${RESERVATION} WHERE id IN (
       SELECT o.id FROM reservation r JOIN slot s ON s.id = r.slot_id
       JOIN reservation o ON o.party_id = r.party_id AND o.id <> r.id AND o.state <> 'cancelled'
       JOIN slot t ON t.id = o.slot_id AND t.venue_code = s.venue_code AND t.day = s.day
       JOIN resident_copy c ON c.resident_id = o.resident_id AND NOT ${isKeptBackOn('t.day')}
       WHERE r.id = $1::uuid)`,
    [reservationId],
  );
  return (await reservationEntities(query, rows)).toSorted((one, other) =>
    placeOf(one.entity) < placeOf(other.entity) ? -1 : 1,
  );
}
