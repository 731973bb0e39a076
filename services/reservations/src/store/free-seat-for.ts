import type { Query, Transaction } from '@madoguchi/database';
import { tokyoDate } from '@madoguchi/kernel';
import { allowedDays } from '../domain/allowed-days.ts';
import type { WaitlistSetting } from '../domain/offer-time.ts';
import { offerTime } from '../domain/offer-time.ts';
import type { Rulebook } from '../domain/rulebook.ts';
import { seatsFrom } from '../domain/waiting.ts';
import { feedsAreStale } from './feed-store.ts';
import type { SlotPlace } from './free-slot-store.ts';
import { findFree } from './free-slot-store.ts';
import type { KeptSeat } from './freed-seat.ts';
import { keepFreeSeat } from './freed-seat.ts';
import { findPerson } from './person-store.ts';
import { readRulebook } from './rulebook-store.ts';
import type { SlotRow } from './slot-store.ts';
import { lockSlot, withStart } from './slot-store.ts';
import type { WaitingRow } from './waiting-store.ts';
import { answeredOffers, waitlistSetting } from './waiting-store.ts';

const PAGE = 50;
const MOST_PAGES = 10;

/** What holds for everybody for whom a seat is sought. */
export type Seeking = { rules: Rulebook; setting: WaitlistSetting; now: Date };

/** The same as it is now; undefined while copies are too little to judge anybody on. */
export async function seekingAt(query: Query, now: Date): Promise<Seeking | undefined> {
  if (await feedsAreStale(query, now)) return undefined;
  return { rules: await readRulebook(query, now), setting: await waitlistSetting(query), now };
}

/** What an entry waits for, on the days on which the rules allow it. */
async function wishOf(query: Query, entry: WaitingRow, { rules, now }: Seeking) {
  const person = await findPerson(query, entry.residentId);
  const seats = seatsFrom(tokyoDate(now), entry);
  if (!person || seats.to < seats.from) return undefined;
  const { daysOf } = allowedDays(person, seats, rules);
  if (daysOf.size === 0) return undefined;
  return {
    view: 'slots' as const,
    channel: entry.channel,
    days: [...daysOf].map(([product, days]) => ({ productCode: product, days })),
    venueCodes: entry.venueCode === null ? undefined : [entry.venueCode],
    towns: entry.town === null ? undefined : [entry.town],
    timeFrom: entry.timeFrom ?? undefined,
    timeTo: entry.timeTo ?? undefined,
    now,
  };
}

/**
 * The first free slot that fits an entry and can still be offered, as far as is seen without a lock. Who
 * declined an offer or let it run out has had their choice of what was free: for them only slots count that
 * opened since, so that nobody is telephoned for one free seat after the other.
 */
export async function freeSlotFor(
  query: Query,
  entry: WaitingRow,
  seeking: Seeking,
): Promise<SlotRow | undefined> {
  const { setting, now } = seeking;
  const wanted = await wishOf(query, entry, seeking);
  if (!wanted) return undefined;
  const { slotIds, lastAnswered } = await answeredOffers(query, entry.id);
  const fits = (slot: SlotRow): boolean =>
    !slotIds.includes(slot.slotId) &&
    (lastAnswered === null || slot.opensAt > lastAnswered) &&
    offerTime({ reach: entry.reach, now, slot }, setting) !== undefined;
  let after: SlotPlace | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const rows = (await findFree(query, wanted, { limit: PAGE, after })).map(withStart);
    const slot = rows.find(fits);
    const last = rows.at(-1);
    if (slot || !last || rows.length < PAGE) return slot;
    after = [last.date, last.startsAtTime, last.slotId];
  }
  return undefined;
}

/** Keeps the first free seat that fits an entry; undefined where there is none, or it went in that instant. */
export async function keepSeatFor(
  tx: Transaction,
  entry: WaitingRow,
  now: Date,
): Promise<KeptSeat | undefined> {
  const seeking = await seekingAt(tx.query, now);
  const found = seeking && (await freeSlotFor(tx.query, entry, seeking));
  const slot = found && (await lockSlot(tx.query, found.slotId));
  return slot && keepFreeSeat(tx.query, slot, { channel: entry.channel, now });
}
