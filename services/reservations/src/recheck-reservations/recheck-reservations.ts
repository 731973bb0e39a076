import type { Transaction } from '@madoguchi/database';
import { tokyoDate } from '@madoguchi/kernel';
import type { Runtime } from '@madoguchi/service';
import { itself } from '@madoguchi/service';
import type { Person, ReasonCode } from '../domain/eligibility.ts';
import { recheck } from '../domain/recheck.ts';
import type { Rulebook } from '../domain/rulebook.ts';
import { danglingMatter } from '../store/dangling-doses.ts';
import { findPeople } from '../store/person-store.ts';
import type { Booked } from '../store/recheck-store.ts';
import {
  bookingsAfter,
  keptInSpiteOf,
  liveMatters,
  matterOf,
  noteRecheck,
  objectionOf,
  pendingRecheck,
  takeChangedResidents,
} from '../store/recheck-store.ts';
import { readRulebook } from '../store/rulebook-store.ts';
import type { NewWorkItem } from '../store/work-item-store.ts';
import { insertWorkItems, settleWorkItems } from '../store/work-item-store.ts';

/** Longer than any booking takes that read the rules from before. */
const AFTER_MS = 10_000;
const RESIDENTS_A_PAGE = 200;

/** What no rule brings about: they died, moved away, had the dose elsewhere, or lack the one before. */
const OF_THEIR_OWN: readonly ReasonCode[] = [
  'not_resident_on_day',
  'already_vaccinated',
  'dose_out_of_order',
];

type RulesItem = NewWorkItem & { reservationId: string; slotId: string; reason: string };

function itemsOf(
  residentId: string,
  given: { person: Person; bookings: readonly Booked[]; rules: Rulebook },
): RulesItem[] {
  const byId = new Map(given.bookings.map((one) => [one.reservationId, one]));
  return recheck(given.person, given.bookings, given.rules).flatMap(
    ({ reservationId, reasons: [reason] }) => {
      const booked = byId.get(reservationId);
      if (!booked || !reason) return [];
      const { slotId, venueCode, date: day, startsAt: dueAt } = booked;
      const dedupeKey = matterOf(reservationId);
      const about = { residentId, reservationId, slotId, venueCode, day, dueAt, dedupeKey };
      const kind = OF_THEIR_OWN.includes(reason.code) ? 'callback' : 'rules-changed';
      return [{ kind, ...about, reason: reason.code }];
    },
  );
}

/** Puts on the worklist who would be refused now, and takes off it who would not be any more. */
async function judge(
  tx: Transaction,
  booked: ReadonlyMap<string, Booked[]>,
  now: Date,
): Promise<{ residents: number; added: number; settled: number }> {
  const people = await findPeople(tx.query, [...booked.keys()]);
  const rules = await readRulebook(tx.query, now);
  const items = [...booked].flatMap(([residentId, bookings]) => {
    const person = people.get(residentId);
    return person ? itemsOf(residentId, { person, bookings, rules }) : [];
  });
  const refused = new Set(items.map(({ reservationId }) => reservationId));
  const allowed = [...booked.values()].flat().filter((one) => !refused.has(one.reservationId));
  // Who is called about the dose before it anyway is not called twice.
  const dangling = await liveMatters(tx.query, [...refused].map(danglingMatter));
  const kept = await keptInSpiteOf(tx.query, [...refused]);
  const fresh = items.filter(
    (item) => !dangling.has(danglingMatter(item.reservationId)) && !kept.has(objectionOf(item)),
  );
  const added = await insertWorkItems(tx, fresh, now);
  // What stood against them before was taken back by a later change, or the dose before came to be given.
  const matters = allowed.flatMap((one) => [
    matterOf(one.reservationId),
    danglingMatter(one.reservationId),
  ]);
  const settled = await settleWorkItems(
    tx,
    { dedupeKeys: matters },
    { outcome: 'allowed-again', now },
  );
  return { residents: booked.size, added, settled };
}

const entryOf = (detail: Record<string, number>) =>
  ({
    action: 'administration',
    operation: 'reservations.recheck-reservations',
    outcome: 'done',
    detail,
  }) as const;

/** Judges the bookings of the next residents. @returns whether there may be more */
async function checkPage(runtime: Runtime, tx: Transaction): Promise<boolean> {
  const now = runtime.clock.now();
  const pending = await pendingRecheck(tx.query, new Date(now.getTime() - AFTER_MS));
  if (!pending) return false;
  const { version, upTo } = pending;
  const booked = await bookingsAfter(tx.query, tokyoDate(now), {
    upTo,
    residents: RESIDENTS_A_PAGE,
  });
  const judged = await judge(tx, booked, now);
  const more = booked.size === RESIDENTS_A_PAGE;
  await noteRecheck(tx.query, version, more ? [...booked.keys()].at(-1) : undefined);
  tx.audit(entryOf({ version, ...judged }));
  return more;
}

/** Judges the bookings of some whose lists changed. @returns whether there may be more */
async function checkChanged(runtime: Runtime, tx: Transaction): Promise<boolean> {
  const now = runtime.clock.now();
  const of = await takeChangedResidents(tx.query, {
    changedBefore: new Date(now.getTime() - AFTER_MS),
    residents: RESIDENTS_A_PAGE,
  });
  if (of.length === 0) return false;
  const booked = await bookingsAfter(tx.query, tokyoDate(now), { of });
  if (booked.size > 0) tx.audit(entryOf(await judge(tx, booked, now)));
  return of.length === RESIDENTS_A_PAGE;
}

/**
 * The job: after a change of the rules every future booking is judged by them, after one of the lists those
 * of the people who came on or off, and those of people who died, moved away or had a dose elsewhere. What would
 * not be taken now becomes a work item, so that somebody calls; nothing is cancelled. Each page is kept as done in
 * its own transaction, and a newer version starts anew.
 */
export function recheckReservations(runtime: Runtime): () => Promise<void> {
  return async () => {
    const who = itself(runtime);
    for (const check of [checkPage, checkChanged])
      while (await runtime.database.transaction(who, (tx) => check(runtime, tx)));
  };
}
