import type { Channel } from '@madoguchi/contracts';

/** A slot as a decision needs it. Times are instants. */
export type SlotState = {
  capacity: number;
  booked: number;
  held: number;
  phoneQuota: number;
  phoneTaken: number;
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

/** Seats that a channel can still take: the phone its quota, the others what the phone was not promised. */
export function freeFor(slot: SlotState, channel: Channel): number {
  const free = slot.capacity - slot.booked - slot.held;
  const phoneLeft = slot.phoneQuota - slot.phoneTaken;
  return Math.max(0, channel === 'phone' ? Math.min(free, phoneLeft) : free - phoneLeft);
}

/** Why a seat cannot be taken now, through any channel; undefined when it can. */
export function refusalOf(slot: SlotState, channel: Channel, now: Date): SlotRefusal | undefined {
  if (slot.closed) return 'slot_closed';
  if (now >= slot.startsAt) return 'slot_in_past';
  if (now < slot.opensAt) return 'slot_not_open';
  if (now >= slot.closesAt) return 'slot_closed';
  if (slot.booked + slot.held >= slot.capacity) return 'slot_full';
  return freeFor(slot, channel) === 0 ? 'channel_quota_reached' : undefined;
}
