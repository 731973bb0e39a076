import type { Channel } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import { newId } from '@madoguchi/kernel';
import { freeFor, refusalOf } from '../domain/slot-state.ts';
import type { SlotRow } from './slot-store.ts';
import { lockSlots, moveSeats, SLOT_SHUT, VENUE_SHUT } from './slot-store.ts';
import { inLineFor, WAITS_FOR } from './waiting-store.ts';

/** A seat that comes free, and what it was. */
export type FreedSeat = { slotId: string; channel: Channel; was: 'booked' | 'held' };

export type KeptSeat = { id: string; slotId: string; channel: Channel };

async function keep(query: Query, slotId: string, channel: Channel): Promise<KeptSeat> {
  const id = newId();
  await query(`INSERT INTO kept_seat (id, slot_id, channel) VALUES ($1::uuid, $2::uuid, $3)`, [
    id,
    slotId,
    channel,
  ]);
  return { id, slotId, channel };
}

const isWaitedFor = async (query: Query, slotId: string): Promise<boolean> => {
  const [row] = await query<{ waited: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM waiting_entry e, slot s JOIN venue v ON v.code = s.venue_code
       WHERE s.id = $1::uuid AND NOT ${SLOT_SHUT}
         AND NOT ${VENUE_SHUT} AND ${WAITS_FOR}) AS waited`,
    [slotId],
  );
  return row?.waited === true;
};

/**
 * Gives a seat back. While anybody waits for one of this slot it is not up for grabs: it stays counted as
 * held, in the same transaction, until the list has had its turn.
 */
export async function giveBackSeat(query: Query, freed: FreedSeat): Promise<void> {
  const { slotId, channel, was } = freed;
  if (!(await isWaitedFor(query, slotId))) {
    await moveSeats(query, slotId, { channel, [was]: -1 });
    return;
  }
  if (was === 'booked') await moveSeats(query, slotId, { channel, booked: -1, held: 1 });
  await keep(query, slotId, channel);
}

/** As many of a slot's free seats as somebody waits for, each on the channel of who waits. */
async function keepOf(query: Query, slot: SlotRow): Promise<void> {
  const [row] = await query<{ kept: number }>(
    `SELECT count(*)::int AS kept FROM kept_seat WHERE slot_id = $1::uuid`,
    [slot.slotId],
  );
  const kept = row?.kept ?? 0;
  const limit = kept + slot.capacity;
  const line = await inLineFor(query, slot.slotId, { after: undefined, limit });
  let { held, taken } = slot;
  // Those at the head have the seats that are kept already.
  for (const { channel } of line.slice(kept)) {
    if (freeFor({ ...slot, held, taken }, channel) === 0) continue;
    await moveSeats(query, slot.slotId, { channel, held: 1 });
    await keep(query, slot.slotId, channel);
    held += 1;
    taken = { ...taken, [channel]: taken[channel] + 1 };
  }
}

/** Seats were added to slots: who waits for one has it before anybody else can take it. */
export async function keepAddedSeats(query: Query, slotIds: readonly string[]): Promise<void> {
  for (const slot of (await lockSlots(query, slotIds)).values())
    if (!slot.closed) await keepOf(query, slot);
}

/** A free seat of a locked slot is the list's; undefined when the channel can take none now. */
export async function keepFreeSeat(
  query: Query,
  slot: SlotRow,
  asked: { channel: Channel; now: Date },
): Promise<KeptSeat | undefined> {
  const { channel, now } = asked;
  if (refusalOf(slot, channel, now)) return undefined;
  await moveSeats(query, slot.slotId, { channel, held: 1 });
  return keep(query, slot.slotId, channel);
}

/** The seat that has waited longest for the list's turn, locked; those in another's hands are not waited for. */
export async function nextKeptSeat(
  query: Query,
  except: readonly string[],
): Promise<KeptSeat | undefined> {
  const [row] = await query<KeptSeat>(
    `SELECT id, slot_id AS "slotId", channel FROM kept_seat WHERE id <> ALL($1::uuid[])
     ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED`,
    [except],
  );
  return row;
}

/** Nobody who waits can have it: it is open to all again. */
export async function releaseKeptSeat(query: Query, seat: KeptSeat): Promise<void> {
  await query(`DELETE FROM kept_seat WHERE id = $1::uuid`, [seat.id]);
  await moveSeats(query, seat.slotId, { channel: seat.channel, held: -1 });
}

/** Somebody on the list has it: it sits on the channel of theirs from now on. */
export async function handOverKeptSeat(
  query: Query,
  seat: KeptSeat,
  channel: Channel,
): Promise<void> {
  await query(`DELETE FROM kept_seat WHERE id = $1::uuid`, [seat.id]);
  if (channel === seat.channel) return;
  await moveSeats(query, seat.slotId, { channel: seat.channel, held: -1 });
  await moveSeats(query, seat.slotId, { channel, held: 1 });
}
