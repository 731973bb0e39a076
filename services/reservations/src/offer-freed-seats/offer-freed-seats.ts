import type { Who } from '@madoguchi/contracts';
import { signalSubjects } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import type { Runtime } from '@madoguchi/service';
import { itself } from '@madoguchi/service';
import type { OfferTime, WaitlistSetting } from '../domain/offer-time.ts';
import { offerTime } from '../domain/offer-time.ts';
import { maySitOn } from '../domain/waiting.ts';
import type { KeptSeat } from '../store/freed-seat.ts';
import { handOverKeptSeat, nextKeptSeat, releaseKeptSeat } from '../store/freed-seat.ts';
import { makeOffer } from '../store/offer-store.ts';
import type { SlotRow } from '../store/slot-store.ts';
import { mayTakeSeat, tryLockResident } from '../store/take-seat.ts';
import type { WaitingRow } from '../store/waiting-store.ts';
import { inLineFor, lockEntry, notePass, waitlistSetting } from '../store/waiting-store.ts';

const OPERATION = 'reservations.offer-freed-seats';
const PAGE = 50;
/** Seats a run looks at, so that the job can be stopped. */
const MOST_SEATS = 500;

type Turn =
  | { end: 'offer'; slot: SlotRow; time: OfferTime }
  | { end: 'pass'; code: string }
  /** The slot itself can be taken by nobody. */
  | { end: 'slot' }
  /** Nobody can be judged on what is known now. */
  | { end: 'later' };

/** Is it this person's turn, with the slot locked? */
async function judge(
  tx: Transaction,
  seat: KeptSeat,
  asked: { entry: WaitingRow; setting: WaitlistSetting; now: Date },
): Promise<Turn> {
  const { entry, setting, now } = asked;
  const { residentId, doseNumber, channel, reach } = entry;
  const { slotId } = seat;
  const wanted = { residentId, slotId, doseNumber, channel, now, mayBeFull: true };
  const taken = await mayTakeSeat(tx, wanted);
  if (!taken.ok) {
    const { code } = taken.refusal;
    if (code === 'copy_stale') return { end: 'later' };
    return code.startsWith('slot_') ? { end: 'slot' } : { end: 'pass', code };
  }
  const { slot } = taken.value;
  if (!maySitOn(slot, seat.channel, channel)) return { end: 'pass', code: 'channel_quota_reached' };
  const time = offerTime({ reach, now, slot }, setting);
  return time ? { end: 'offer', slot, time } : { end: 'pass', code: 'too_late_to_ask' };
}

async function offer(
  tx: Transaction,
  seat: KeptSeat,
  meant: { entry: WaitingRow; slot: SlotRow; time: OfferTime; now: Date },
): Promise<void> {
  const { entry, slot, time, now } = meant;
  await handOverKeptSeat(tx.query, seat, entry.channel);
  const offerId = await makeOffer(tx, entry, { slot, time, now });
  tx.audit({
    action: 'change',
    operation: OPERATION,
    outcome: 'done',
    residents: [entry.residentId],
    detail: { offerId, entryId: entry.id, slotId: seat.slotId },
  });
}

type Outcome =
  | { end: 'offered'; residentId: string }
  /** Nobody who waits can have it. */
  | { end: 'released' }
  /** Whose turn it is has a command under way, or copies are stale: they are asked at the next run. */
  | { end: 'later' };

/** One seat's way down the list, first come first. */
async function findOwner(runtime: Runtime, tx: Transaction, seat: KeptSeat): Promise<Outcome> {
  const now = runtime.clock.now();
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
      if (turn.end === 'slot') return { end: 'released' };
      if (turn.end === 'later') return turn;
      if (turn.end === 'offer') {
        await offer(tx, seat, { entry, slot: turn.slot, time: turn.time, now });
        return { end: 'offered', residentId };
      }
      await notePass(tx.query, { entryId: id, slotId, code: turn.code, now });
    }
    if (line.length < PAGE) return { end: 'released' };
    after = line.at(-1);
  }
}

/** The next seat's turn in a transaction of its own; what fails there stays kept and stops no other seat. */
async function offerNext(
  runtime: Runtime,
  who: Who,
  later: string[],
): Promise<Outcome | undefined> {
  let trying: KeptSeat | undefined;
  try {
    return await runtime.database.transaction(who, async (tx) => {
      const seat = await nextKeptSeat(tx.query, later);
      if (!seat) return undefined;
      trying = seat;
      const found = await findOwner(runtime, tx, seat);
      // It stays kept meanwhile, so that nobody gets in between.
      if (found.end === 'later') later.push(seat.id);
      if (found.end === 'released') await releaseKeptSeat(tx.query, seat);
      return found;
    });
  } catch (error) {
    if (!trying) throw error;
    runtime.telemetry.log.warn({ slotId: trying.slotId, err: error }, 'a kept seat waits');
    later.push(trying.id);
    return { end: 'later' };
  }
}

/** The job: every kept seat goes to the head of its list, or back to all when nobody can have it. */
export const offerFreedSeats = (runtime: Runtime) => async (): Promise<void> => {
  const who = itself(runtime);
  const later: string[] = [];
  for (let count = 0; count < MOST_SEATS; count += 1) {
    const outcome = await offerNext(runtime, who, later);
    if (!outcome) return;
    if (outcome.end === 'offered')
      runtime.signal(signalSubjects.residentTouched, {
        residentId: outcome.residentId,
        by: 'reservations',
      });
  }
};
