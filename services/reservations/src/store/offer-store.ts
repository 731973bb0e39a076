import type { AnyEventType, Channel, Reach } from '@madoguchi/contracts';
import { offerDeclined, offerExpired, offerMade, offerWithdrawn } from '@madoguchi/contracts';
import type { Query, Transaction } from '@madoguchi/database';
import type { CalendarDate } from '@madoguchi/kernel';
import { newId } from '@madoguchi/kernel';
import type { OfferState } from '../domain/waiting.ts';
import { afterOffer } from '../domain/waiting.ts';
import type { OfferTime } from '../domain/offer-time.ts';
import { giveBackSeat } from './freed-seat.ts';
import { insertHold } from './hold-store.ts';
import type { SlotRow } from './slot-store.ts';
import { SLOT_SHUT, VENUE_SHUT } from './slot-store.ts';
import type { WaitingRow } from './waiting-store.ts';
import { hasDoseOfNumber, moveEntry, waitlistSetting } from './waiting-store.ts';
import { insertWorkItem, settleWorkItems } from './work-item-store.ts';

export type OfferRow = {
  id: string;
  entryId: string;
  residentId: string;
  doseNumber: number;
  slotId: string;
  state: OfferState;
  offeredAt: Date;
  expiresAt: Date;
  reach: Reach;
  offersMissed: number;
  /** On which the kept seat sits. */
  channel: Channel;
  /** Made when its owner joined, of a seat that was free: it was asked for. */
  askedFor: boolean;
};

const OFFER = /* sql */ `
SELECT o.id, o.entry_id AS "entryId", e.resident_id AS "residentId", e.dose_number AS "doseNumber",
  o.slot_id AS "slotId", o.state, o.offered_at AS "offeredAt", o.expires_at AS "expiresAt", e.reach,
  e.offers_missed AS "offersMissed", e.channel,
  o.offered_at = e.joined_at AS "askedFor"
FROM waitlist_offer o JOIN waiting_entry e ON e.id = o.entry_id`;

/** An offer to a resident whose lock is held. */
export async function lockOffer(
  query: Query,
  id: string,
  residentId: string,
): Promise<OfferRow | undefined> {
  const [row] = await query<OfferRow>(
    `${OFFER} WHERE o.id = $1::uuid AND e.resident_id = $2::uuid FOR UPDATE OF o`,
    [id, residentId],
  );
  return row;
}

export const openOffersOf = (query: Query, entryIds: readonly string[]): Promise<OfferRow[]> =>
  query<OfferRow>(`${OFFER} WHERE o.state = 'open' AND o.entry_id = ANY($1::uuid[])`, [entryIds]);

/** An open offer that may have to end, and the seat it is of. */
export type OfferLooked = OfferRow & {
  /** The slot can be taken by nobody any more. */
  shut: boolean;
  productCode: string;
  date: CalendarDate;
};

/**
 * Open offers that may have to end: their time has run out, the slot was closed, or their owner has a dose of
 * that number or a booking of one, which may be of another vaccine.
 */
export const offersToEnd = (query: Query, now: Date, limit: number): Promise<OfferLooked[]> =>
  query(
    `SELECT offer.*, (${SLOT_SHUT} OR ${VENUE_SHUT}) AS shut, s.product_code AS "productCode", s.day::text AS date
     FROM (${OFFER} WHERE o.state = 'open') AS offer JOIN slot s ON s.id = offer."slotId"
       JOIN venue v ON v.code = s.venue_code
     WHERE ${SLOT_SHUT} OR ${VENUE_SHUT} OR offer."expiresAt" <= $1
       OR ${hasDoseOfNumber('offer."residentId"', 'offer."doseNumber"')}
     ORDER BY offer."expiresAt", offer.id LIMIT $2`,
    [now, limit],
  );

/** Before the id of an offer by telephone: the matter of its work item. */
export const OFFER_MATTER = 'waitlist-offer/';
const matterOf = (offerId: string): string => `${OFFER_MATTER}${offerId}`;

/** Marks an offer; nobody has to be called about it any more. */
export async function closeOffer(
  tx: Transaction,
  id: string,
  end: { state: OfferState; now: Date },
): Promise<void> {
  await tx.query(
    `UPDATE waitlist_offer SET state = $2, ended_at = $3 WHERE id = $1::uuid AND state = 'open'`,
    [id, end.state, end.now],
  );
  const outcome = end.state === 'accepted' ? 'booked' : end.state;
  await settleWorkItems(tx, { dedupeKeys: [matterOf(id)] }, { outcome, now: end.now });
}

/** Tells what became of an offer, in opaque ids. */
export function tellOffer(
  tx: Transaction,
  type: AnyEventType,
  offer: Pick<OfferRow, 'id' | 'entryId' | 'residentId' | 'reach' | 'expiresAt'> & {
    version: number;
  },
): void {
  tx.record({
    type,
    aggregateId: offer.entryId,
    aggregateVersion: offer.version,
    payload: {
      entryId: offer.entryId,
      offerId: offer.id,
      residentId: offer.residentId,
      reach: offer.reach,
      expiresAt: offer.expiresAt.toISOString(),
    },
  });
}

/** Keeps a seat that is counted as held already for the one whose turn it is. */
export async function makeOffer(
  tx: Transaction,
  entry: WaitingRow,
  kept: { slot: SlotRow; time: OfferTime; now: Date },
): Promise<string> {
  const { slot, time, now } = kept;
  const { slotId } = slot;
  const id = newId();
  await tx.query(
    `INSERT INTO waitlist_offer (id, entry_id, slot_id, state, offered_at, expires_at)
     VALUES ($1::uuid, $2::uuid, $3::uuid, 'open', $4, $5)`,
    [id, entry.id, slotId, now, time.until],
  );
  await insertHold(
    tx.query,
    {
      id: newId(),
      slotId,
      // Owned by the offer: no case ends it.
      caseId: id,
      offerId: id,
      residentId: entry.residentId,
      doseNumber: entry.doseNumber,
      channel: entry.channel,
      expiresAt: time.until,
    },
    now,
  );
  const version = await moveEntry(tx.query, entry.id, { state: 'offered' });
  const { residentId, reach } = entry;
  if (reach === 'phone')
    await insertWorkItem(
      tx,
      {
        kind: 'waitlist-offer',
        residentId,
        slotId,
        venueCode: slot.venueCode,
        day: slot.date,
        dueAt: time.until,
        notBefore: time.from,
        dedupeKey: matterOf(id),
      },
      now,
    );
  const offer = { id, entryId: entry.id, residentId, reach, expiresAt: time.until, version };
  tellOffer(tx, offerMade, offer);
  return id;
}

const FACT_OF = { declined: offerDeclined, expired: offerExpired, withdrawn: offerWithdrawn };

/** Ends an open offer without a booking: its seat goes to the next, its entry keeps its place or goes. */
export async function endOffer(
  tx: Transaction,
  offer: OfferRow,
  end: { state: keyof typeof FACT_OF; stay: boolean; now: Date },
): Promise<WaitingRow['state']> {
  const { offersToMiss } = await waitlistSetting(tx.query);
  await closeOffer(tx, offer.id, end);
  const next = afterOffer(
    end.state,
    { offersMissed: offer.offersMissed, stay: end.stay },
    offersToMiss,
  );
  const version = await moveEntry(tx.query, offer.entryId, next);
  await dropHoldOf(tx.query, offer.id);
  await giveBackSeat(tx.query, { slotId: offer.slotId, channel: offer.channel, was: 'held' });
  tellOffer(tx, FACT_OF[end.state], { ...offer, version });
  return next.state;
}

/** The hold of an offer ends; its seat is the caller’s to book or to give back. */
export async function dropHoldOf(query: Query, offerId: string): Promise<void> {
  await query('DELETE FROM hold WHERE offer_id = $1::uuid', [offerId]);
}
