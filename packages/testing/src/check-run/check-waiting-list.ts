import type { Finding } from './finding.ts';
import type { Command, RunRecord } from './read-record.ts';
import type { Tables } from './read-tables.ts';
import type { OfferRow, WaitingList, WaitingRow } from './read-waiting-list.ts';
import { ABOUT_MS, text } from './seats.ts';

/** A freed seat is offered, or open to all again, by a job that comes often. */
const KEPT_NO_LONGER_MS = 60_000;

/** Each seat that is offered is kept once, for one person; nobody is offered two at once. */
function checkOffers(tables: Tables): Finding[] {
  const { offers, entries, keptSeats } = tables.waiting;
  const open = [...offers.values()].filter(({ state }) => state === 'open');
  const kept = new Map(
    [...tables.holds.values()].flatMap((hold) => (hold.offerId ? [[hold.offerId, hold]] : [])),
  );
  const findings: Finding[] = open
    .filter((one) => kept.get(one.id)?.slotId !== one.slotId)
    .map(({ id, slotId }) => ({ finding: 'seat_offered_twice', offerId: id, slotId }));
  for (const [offerId, hold] of kept)
    if (offers.get(offerId)?.state !== 'open')
      findings.push({ finding: 'hold_never_released', holdId: hold.id, slotId: hold.slotId });
  for (const { id, state } of entries.values()) {
    const offered = open.filter(({ entryId }) => entryId === id).length;
    if (offered !== (state === 'offered' ? 1 : 0))
      findings.push({ finding: 'waiting_state_differs', entryId: id, state, offered });
  }
  for (const { id, slotId, keptAt } of keptSeats)
    if (keptAt + KEPT_NO_LONGER_MS < tables.now)
      findings.push({ finding: 'kept_seat_forgotten', keptSeatId: id, slotId });
  return findings;
}

type Line = {
  waiting: WaitingList;
  offersOf: Map<string, OfferRow[]>;
  knownAt: Map<string, number>;
};

/** Was this entry surely free to be offered the seat when it went to somebody else? */
function couldHaveHad(entry: WaitingRow, offer: OfferRow, line: Line): boolean {
  const own = line.offersOf.get(entry.id) ?? [];
  const known = line.knownAt.get(entry.id) ?? entry.joinedAt + ABOUT_MS;
  const later = own.some(({ offeredAt }) => offeredAt > offer.offeredAt);
  const waits = entry.state === 'waiting' || later;
  const busy = own.some(
    (one) =>
      one.offeredAt <= offer.offeredAt && offer.offeredAt < (one.endedAt ?? Infinity) + ABOUT_MS,
  );
  const hadThisSlot = own.some(
    (one) => one.slotId === offer.slotId && one.offeredAt <= offer.offeredAt,
  );
  const passed = line.waiting.passes.has(`${entry.id} ${offer.slotId}`);
  return waits && known < offer.offeredAt && !busy && !hadThisSlot && !passed;
}

/** Who came first is asked first: nobody who could have had a seat stands before the one who was offered it. */
function checkOrder(record: RunRecord, waiting: WaitingList): Finding[] {
  const offersOf = new Map<string, OfferRow[]>();
  for (const one of waiting.offers.values())
    offersOf.set(one.entryId, [...(offersOf.get(one.entryId) ?? []), one]);
  const knownAt = new Map(
    record.commands.flatMap(({ value, acknowledged, operation }) =>
      operation === 'reservations.join-waiting-list' && acknowledged !== undefined
        ? [[text(value['entryId']), acknowledged]]
        : [],
    ),
  );
  const line = { waiting, offersOf, knownAt };
  return [...waiting.offers.values()].flatMap((offer) => {
    const taker = waiting.entries.get(offer.entryId);
    const before = (waiting.inLine.get(offer.slotId) ?? [])
      .map((id) => waiting.entries.get(id))
      .filter((one) => one !== undefined && taker !== undefined && one.joinedAt < taker.joinedAt)
      .find((one) => one !== undefined && couldHaveHad(one, offer, line));
    return before
      ? [{ finding: 'waiting_order' as const, offerId: offer.id, passedOver: before.id }]
      : [];
  });
}

/** What each answer says of its entry or offer must stand in the tables; all of these states are final. */
const FINAL: Record<string, (command: Command, waiting: WaitingList) => string | undefined> = {
  'reservations.join-waiting-list': ({ value, request, sent, answered }, { entries }) => {
    const entry = entries.get(text(value['entryId']));
    if (!entry) return 'no such entry';
    const { residentId, doseNumber } = entry;
    if (residentId !== request['residentId'] || doseNumber !== request['doseNumber'])
      return 'no such entry';
    // The place in the list is the time of coming.
    const since = sent - ABOUT_MS <= entry.joinedAt && entry.joinedAt <= answered + ABOUT_MS;
    return since ? undefined : 'joined at another time';
  },
  'reservations.leave-waiting-list': ({ request }, { entries }) => {
    const state = entries.get(text(request['entryId']))?.state ?? 'gone';
    return state === 'left' ? undefined : state;
  },
  'reservations.accept-offer': ({ request }, { entries, offers }) => {
    const offer = offers.get(text(request['offerId']));
    const entry = entries.get(offer?.entryId ?? '');
    return offer?.state === 'accepted' && entry?.state === 'booked'
      ? undefined
      : `${offer?.state ?? 'gone'}, ${entry?.state ?? 'gone'}`;
  },
  'reservations.decline-offer': ({ request }, { offers }) => {
    const state = offers.get(text(request['offerId']))?.state ?? 'gone';
    return state === 'declined' ? undefined : state;
  },
};

function checkAcknowledged({ commands }: RunRecord, waiting: WaitingList): Finding[] {
  return commands.flatMap((command): Finding[] => {
    const is =
      command.outcome === 'done' ? FINAL[command.operation]?.(command, waiting) : undefined;
    const { operation, request } = command;
    const id =
      text(command.value['entryId']) || text(request['entryId']) || text(request['offerId']);
    return is === undefined ? [] : [{ finding: 'waiting_lost', operation, id, is }];
  });
}

/** The waiting list: one seat for one, in the order of coming, and none kept for nobody. */
export function checkWaitingList(record: RunRecord, tables: Tables): Finding[] {
  return [
    ...checkOffers(tables),
    ...checkOrder(record, tables.waiting),
    ...tables.waiting.besideFree.map((one) => ({
      finding: 'waits_beside_free_seat' as const,
      ...one,
    })),
    ...checkAcknowledged(record, tables.waiting),
  ];
}
