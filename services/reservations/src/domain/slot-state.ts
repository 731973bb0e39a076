import type { Channel } from '@madoguchi/contracts';
import { CHANNELS } from '@madoguchi/contracts';

/** Seats per channel. */
export type PerChannel = Readonly<Record<Channel, number>>;

/** A slot as a decision needs it. Times are instants. */
export type SlotState = {
  capacity: number;
  booked: number;
  held: number;
  /** Seats promised to a channel; what is promised to nobody is open to all. */
  quota: PerChannel;
  /** Seats booked or held through a channel. */
  taken: PerChannel;
  opensAt: Date;
  closesAt: Date;
  startsAt: Date;
  closed: boolean;
};

export type SlotRefusal =
  | 'slot_closed'
  | 'slot_not_open'
  | 'slot_in_past'
  | 'slot_full'
  | 'channel_quota_reached';

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);

/** Seats promised to nobody that are still there: what channels took beyond their promise came out of them. */
function openToAll({ capacity, quota, taken }: SlotState): number {
  const beyond = CHANNELS.map((channel) => Math.max(0, taken[channel] - quota[channel]));
  return capacity - sum(Object.values(quota)) - sum(beyond);
}

/** Seats that a channel can still take: what it was promised, and what was promised to nobody. */
export function freeFor(slot: SlotState, channel: Channel): number {
  const promised = Math.max(0, slot.quota[channel] - slot.taken[channel]);
  return Math.max(0, promised + openToAll(slot));
}

/** Why nobody can take a seat now, however many are left; undefined when it is open. */
export function notTakeable(
  slot: SlotState,
  now: Date,
): 'slot_closed' | 'slot_not_open' | 'slot_in_past' | undefined {
  if (slot.closed) return 'slot_closed';
  if (now >= slot.startsAt) return 'slot_in_past';
  if (now < slot.opensAt) return 'slot_not_open';
  return now >= slot.closesAt ? 'slot_closed' : undefined;
}

/** Why a seat cannot be taken now, through any channel; undefined when it can. */
export function refusalOf(slot: SlotState, channel: Channel, now: Date): SlotRefusal | undefined {
  const shut = notTakeable(slot, now);
  if (shut) return shut;
  if (slot.booked + slot.held >= slot.capacity) return 'slot_full';
  return freeFor(slot, channel) === 0 ? 'channel_quota_reached' : undefined;
}
