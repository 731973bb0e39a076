import type { Finding } from './finding.ts';
import type { Command, RunRecord } from './read-record.ts';
import type { SlotRow, Tables } from './read-tables.ts';
import type { Stay } from './seats.ts';
import { CHANGE, channelOf, HOLD, isBooking, mayHaveActed, slotOf } from './seats.ts';

type Step = { at: number; change: 1 | -1; id: string };

/** Sure stays as steps in time; a seat that is given back is free before the next is taken. */
function stepsOf(stays: readonly Stay[]): Step[] {
  const steps: Step[] = [];
  for (const { sure, id } of stays) {
    if (!sure || sure.from >= sure.to) continue;
    steps.push({ at: sure.from, change: 1, id }, { at: sure.to, change: -1, id });
  }
  return steps.toSorted((a, b) => a.at - b.at || a.change - b.change);
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

function fullest(slot: SlotRow, stays: readonly Stay[]): Finding[] {
  let taken = 0;
  let worst = { taken: 0, at: 0 };
  for (const { at, change } of stepsOf(stays)) {
    taken += change;
    if (taken > worst.taken) worst = { taken, at };
  }
  const { id: slotId, capacity } = slot;
  return worst.taken > capacity
    ? [{ finding: 'over_capacity_moment', slotId, capacity, ...worst }]
    : [];
}

/** Doses of several programmes bear the same numbers; a booking that is gone is found by its answer. */
function twice(stays: readonly Stay[], { reservations }: Tables): Finding[] {
  const bookings = stays.filter(({ what }) => what === 'booking');
  const doseOf = ({ id, residentId, doseNumber }: Stay): string =>
    `${residentId} ${doseNumber} ${reservations.get(id)?.programmeCode ?? ''}`;
  for (const group of groupBy(bookings, doseOf).values()) {
    const live = new Map<string, number>();
    for (const { at, change, id } of stepsOf(group)) {
      live.set(id, (live.get(id) ?? 0) + change);
      const ids = [...live].filter(([, count]) => count > 0).map(([one]) => one);
      const { residentId = '', doseNumber = 0 } = group[0] ?? {};
      if (ids.length > 1)
        return [
          { finding: 'double_booking_moment', residentId, doseNumber, at, reservations: ids },
        ];
    }
  }
  return [];
}

const SEEKING = new Set(['reservations.book-slot', CHANGE, HOLD]);
const FULL = new Set(['slot_full', 'channel_quota_reached']);

/** Was there a seat for a caller who was told there was none? Counts everybody who may have had one. */
function checkRefusal(command: Command, slot: SlotRow, stays: readonly Stay[]): Finding[] {
  const channel = channelOf(command);
  return command.attempts
    .filter(({ code }) => FULL.has(code ?? ''))
    .flatMap((refused): Finding[] => {
      const there = stays.filter(
        ({ possible }) => possible.from <= refused.answered && possible.to >= refused.sent,
      );
      const own = there.filter((one) => (one.channel ?? channel) === channel);
      const at = refused.sent;
      const told = { slotId: slot.id, channel, at, operation: command.operation };
      if (refused.code === 'slot_full' && there.length < slot.capacity)
        return [
          {
            finding: 'freed_seat_missing',
            ...told,
            taken: there.length,
            capacity: slot.capacity,
          },
        ];
      return own.length < slot.quota[channel]
        ? [
            {
              finding: 'promise_not_kept',
              ...told,
              taken: own.length,
              promised: slot.quota[channel],
            },
          ]
        : [];
    });
}

/** Sessions whose slots were given another size, or other promises, in the run: what held when is not known. */
function sessionsChanged({ commands }: RunRecord, operations: readonly string[]): Set<unknown> {
  return new Set(
    commands
      .filter((command) => mayHaveActed(command) && operations.includes(command.operation))
      .map(({ request }) => request['sessionId']),
  );
}

/** Replays the run: every moment of every slot, every person, and everybody who was told "full". */
export function checkMoments(record: RunRecord, stays: readonly Stay[], tables: Tables): Finding[] {
  const bySlot = groupBy(stays, (one) => one.slotId);
  const refused = record.commands.filter(
    ({ operation, attempts }) =>
      SEEKING.has(operation) && attempts.some(({ code }) => FULL.has(code ?? '')),
  );
  // Where several seats were asked for at once and nobody answered, nobody knows which they were.
  const unplaced = record.commands.some(
    (one) =>
      isBooking(one) && one.outcome === 'unknown' && one.operation !== 'reservations.book-slot',
  );
  const resized = sessionsChanged(record, ['reservations.change-capacity']);
  const promised = sessionsChanged(record, ['reservations.plan-quotas']);
  const whole = [...tables.slots.values()].filter((slot) => !resized.has(slot.sessionId));
  return [
    ...whole.flatMap((slot) => fullest(slot, bySlot.get(slot.id) ?? [])),
    ...twice(stays, tables),
    ...refused.flatMap((command) => {
      const slot = tables.slots.get(slotOf(command));
      if (!slot || unplaced || resized.has(slot.sessionId) || promised.has(slot.sessionId))
        return [];
      // A freed seat of a slot that somebody waits for is kept for them.
      if (tables.waiting.waitedFor.has(slot.id)) return [];
      return checkRefusal(command, slot, bySlot.get(slot.id) ?? []);
    }),
  ];
}
