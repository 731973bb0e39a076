import type { Finding } from './finding.ts';
import type { HoldRow, ReservationRow, SlotRow, Tables } from './read-tables.ts';
import { CHANNELS } from './read-tables.ts';

/** All but a cancelled booking keep their seat. */
export const isSeated = ({ state }: ReservationRow): boolean => state !== 'cancelled';

/** A booking that was missed or turned back leaves its dose to another. */
const isLive = ({ state }: ReservationRow): boolean => state === 'booked' || state === 'attended';

/** Past its time a hold is ended by a job; a service that was away for a moment needs a little longer. */
export const HOLD_GRACE_MS = 15_000;

function groupBy<T>(items: Iterable<T>, keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/** Held for a case, for an offer, or on its way to the head of the waiting list. */
type HeldSeat = Pick<HoldRow, 'slotId' | 'channel'>;

function checkSlot(slot: SlotRow, bookings: ReservationRow[], holds: HeldSeat[]): Finding[] {
  const findings: Finding[] = [];
  const slotId = slot.id;
  const rows = { booked: bookings.length, held: holds.length };
  if (rows.booked + rows.held > slot.capacity)
    findings.push({ finding: 'over_capacity', slotId, capacity: slot.capacity, ...rows });
  for (const what of ['booked', 'held'] as const)
    if (slot[what] !== rows[what])
      findings.push({
        finding: 'count_differs',
        slotId,
        what,
        counted: slot[what],
        rows: rows[what],
      });
  let open = slot.capacity;
  for (const channel of CHANNELS) {
    const taken = [...bookings, ...holds].filter((one) => one.channel === channel).length;
    if (slot.taken[channel] !== taken)
      findings.push({
        finding: 'channel_count_differs',
        slotId,
        channel,
        counted: slot.taken[channel],
        rows: taken,
      });
    open -= Math.max(taken, slot.quota[channel]);
  }
  // What all take, or were promised when that is more, has to fit.
  if (open < 0 && rows.booked + rows.held <= slot.capacity)
    findings.push({ finding: 'promise_broken', slotId, beyond: -open });
  return findings;
}

function checkPeople(live: ReservationRow[], tables: Tables): Finding[] {
  const findings: Finding[] = [];
  const people = groupBy(live, (one) => `${one.residentId} ${one.programmeCode}`);
  for (const bookings of people.values()) {
    const doses = bookings.toSorted((a, b) => a.doseNumber - b.doseNumber);
    for (const [index, later] of doses.entries()) {
      const before = doses[index - 1];
      if (!before) continue;
      const { residentId, doseNumber } = later;
      const ids = [before.id, later.id];
      const days = [before, later].map((one) => tables.slots.get(one.slotId)?.day ?? '');
      if (before.doseNumber === doseNumber)
        findings.push({ finding: 'double_booking', residentId, doseNumber, reservations: ids });
      else if ((days[1] ?? '') <= (days[0] ?? ''))
        findings.push({ finding: 'dose_order', residentId, doseNumber, reservations: ids });
    }
  }
  return findings;
}

/** Whatever programmes they say they are of: nobody has two live bookings of one number of a product. */
function checkProducts(live: ReservationRow[], tables: Tables): Finding[] {
  const productOf = ({ slotId }: ReservationRow): string =>
    tables.slots.get(slotId)?.productCode ?? '';
  const same = groupBy(live, (one) => `${one.residentId} ${one.doseNumber} ${productOf(one)}`);
  return [...same.values()].flatMap(([one, other]): Finding[] => {
    if (!one || !other || one.programmeCode === other.programmeCode) return [];
    const { residentId, doseNumber } = one;
    const reservations = [one.id, other.id];
    return [{ finding: 'double_booking', residentId, doseNumber, reservations }];
  });
}

function checkHouse({ audit, eventsWaiting }: Tables): Finding[] {
  const findings: Finding[] = audit
    .filter(({ entries, first, last }) => entries !== last - first + 1)
    .map((lane) => ({ finding: 'audit_gap', ...lane }));
  if (eventsWaiting > 0) findings.push({ finding: 'events_waiting', count: eventsWaiting });
  return findings;
}

/** What the tables say by themselves: counts against rows, promises, people, holds past their time. */
export function checkTables(tables: Tables): Finding[] {
  const reservations = [...tables.reservations.values()];
  const bookings = groupBy(reservations.filter(isSeated), (one) => one.slotId);
  const held: HeldSeat[] = [...tables.holds.values(), ...tables.waiting.keptSeats];
  const holds = groupBy(held, (one) => one.slotId);
  const overdue = [...tables.holds.values()].filter(
    (hold) => hold.expiresAt + HOLD_GRACE_MS < tables.now,
  );
  return [
    ...[...tables.slots.values()].flatMap((slot) =>
      checkSlot(slot, bookings.get(slot.id) ?? [], holds.get(slot.id) ?? []),
    ),
    ...checkPeople(reservations.filter(isLive), tables),
    ...checkProducts(reservations.filter(isLive), tables),
    ...overdue.map(({ id, slotId }) => ({
      finding: 'hold_never_released' as const,
      holdId: id,
      slotId,
    })),
    ...checkHouse(tables),
  ];
}
