import type { Transaction } from '@madoguchi/database';
import type { OfferTime, WaitlistSetting } from '../domain/offer-time.ts';
import { offerTime } from '../domain/offer-time.ts';
import { maySitOn } from '../domain/waiting.ts';
import { feedsAreStale } from './feed-store.ts';
import type { KeptSeat } from './freed-seat.ts';
import { handOverKeptSeat, releaseKeptSeat } from './freed-seat.ts';
import { makeOffer } from './offer-store.ts';
import type { SlotRow } from './slot-store.ts';
import { mayTakeSeat, tryLockResident } from './take-seat.ts';
import type { WaitingRow } from './waiting-store.ts';
import { inLineFor, lockEntry, notePass, waitlistSetting } from './waiting-store.ts';

const PAGE = 50;

/** Who is to be offered a kept seat, locked, and for how long. */
export type Owner = { entry: WaitingRow; slot: SlotRow; time: OfferTime };

export type SeatTurn =
  | { end: 'owner'; owner: Owner }
  /** Nobody who waits can have it: it was released. */
  | { end: 'nobody' }
  /** Whose turn it is has a command under way, or nobody can be judged on what is known now. */
  | { end: 'later' };

type Judged =
  | { end: 'owner'; slot: SlotRow; time: OfferTime }
  | { end: 'pass'; code: string }
  /** The slot itself can be taken by nobody. */
  | { end: 'nobody' }
  | { end: 'later' };

/** Is it this person's turn, with the slot locked? */
async function judge(
  tx: Transaction,
  seat: KeptSeat,
  asked: { entry: WaitingRow; setting: WaitlistSetting; now: Date },
): Promise<Judged> {
  const { entry, setting, now } = asked;
  const { residentId, doseNumber, channel, reach } = entry;
  const { slotId } = seat;
  const wanted = { residentId, slotId, doseNumber, channel, now, mayBeFull: true };
  const taken = await mayTakeSeat(tx, wanted);
  if (!taken.ok) {
    const { code } = taken.refusal;
    // One whom nobody has told us of, although all was told, does not hold up the others.
    if (code === 'copy_stale' && (await feedsAreStale(tx.query, now))) return { end: 'later' };
    return code.startsWith('slot_') ? { end: 'nobody' } : { end: 'pass', code };
  }
  const { slot } = taken.value;
  if (!maySitOn(slot, seat.channel, channel)) return { end: 'pass', code: 'channel_quota_reached' };
  const time = offerTime({ reach, now, slot }, setting);
  return time ? { end: 'owner', slot, time } : { end: 'pass', code: 'too_late_to_ask' };
}

/** One kept seat's way down the list, first come first; who cannot have it is passed over with the reason. */
async function downTheList(tx: Transaction, seat: KeptSeat, now: Date): Promise<SeatTurn> {
  const { slotId } = seat;
  const setting = await waitlistSetting(tx.query);
  let after: WaitingRow | undefined;
  for (;;) {
    const line = await inLineFor(tx.query, slotId, { after, limit: PAGE });
    for (const { id, residentId } of line) {
      // Tried, never waited for: others are locked already.
      if (!(await tryLockResident(tx, residentId))) return { end: 'later' };
      const entry = await lockEntry(tx.query, id, residentId);
      if (entry?.state !== 'waiting') continue;
      const turn = await judge(tx, seat, { entry, setting, now });
      if (turn.end === 'owner')
        return { end: 'owner', owner: { entry, slot: turn.slot, time: turn.time } };
      if (turn.end !== 'pass') return turn;
      await notePass(tx.query, { entryId: id, slotId, code: turn.code, now });
    }
    if (line.length < PAGE) return { end: 'nobody' };
    after = line.at(-1);
  }
}

/** Whose turn a kept seat is; it stays kept until they are found, and is open to all again where nobody can have it. */
export async function whoseTurn(tx: Transaction, seat: KeptSeat, now: Date): Promise<SeatTurn> {
  const turn = await downTheList(tx, seat, now);
  if (turn.end === 'nobody') await releaseKeptSeat(tx.query, seat);
  return turn;
}

/** The kept seat is offered to whose turn it is; the caller's operation stands in the log. */
export async function offerSeat(
  tx: Transaction,
  seat: KeptSeat,
  given: Owner & { now: Date; operation: string },
): Promise<string> {
  const { entry, slot, time, now, operation } = given;
  await handOverKeptSeat(tx.query, seat, entry.channel);
  const offerId = await makeOffer(tx, entry, { slot, time, now });
  tx.audit({
    action: 'change',
    operation,
    outcome: 'done',
    residents: [entry.residentId],
    detail: { offerId, entryId: entry.id, slotId: seat.slotId },
  });
  return offerId;
}
