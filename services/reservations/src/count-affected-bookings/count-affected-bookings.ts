import type {
  CatalogueEntry,
  countAffectedBookings as CountAffectedBookings,
  RefusalCode,
  RequestOf,
} from '@madoguchi/contracts';
import { REFUSALS } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import { ok, refuse, tokyoDate } from '@madoguchi/kernel';
import type { CalendarDate } from '@madoguchi/kernel';
import type { Handler, OperationContext } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import type { Tally } from '../domain/affected.ts';
import { count, counted, emptyTally } from '../domain/affected.ts';
import { layOver } from '../domain/lay-over.ts';
import { whyNewlyShut } from '../domain/newly-shut.ts';
import type { ReasonCode } from '../domain/reason.ts';
import { recheck } from '../domain/recheck.ts';
import type { Rulebook } from '../domain/rulebook.ts';
import { danglingMatter } from '../store/dangling-doses.ts';
import { findPeople } from '../store/person-store.ts';
import type { Booked } from '../store/recheck-store.ts';
import {
  bookingsAfter,
  bookingsBySlot,
  keptInSpiteOf,
  mattersToCall,
  matterOf,
  objectionOf,
} from '../store/recheck-store.ts';
import { readRulebook } from '../store/rulebook-store.ts';
import { findVenue, offerOf } from '../store/venue-store.ts';

/** Residents judged between two looks at whatever else the process has to do. */
const RESIDENTS_A_PAGE = 500;

const sentenceOf = (reason: string): { ja: string; en: string } => {
  const { ja, en } = REFUSALS[reason as RefusalCode];
  return { ja, en };
};

type Judged = { bookings: number; toCall: number; alreadyToCall: number; allowedAgain: number };

/** The first reason against each booking of a page that has one. */
async function againstThese(
  query: Query,
  page: ReadonlyMap<string, Booked[]>,
  rules: Rulebook,
): Promise<Map<string, ReasonCode>> {
  const people = await findPeople(query, [...page.keys()]);
  return new Map(
    [...page].flatMap(([residentId, bookings]) => {
      const person = people.get(residentId);
      if (!person) return [];
      return recheck(person, bookings, rules).flatMap(({ reservationId, reasons: [reason] }) =>
        reason ? [[reservationId, reason.code] as const] : [],
      );
    }),
  );
}

/** Judges every booking after a day as the job that rechecks them would, and writes nothing. */
async function judgeAll(
  query: Query,
  rules: Rulebook,
  told: { day: CalendarDate; tally: Tally },
): Promise<Judged> {
  const sums: Judged = { bookings: 0, toCall: 0, alreadyToCall: 0, allowedAgain: 0 };
  const onList = await mattersToCall(query);
  let upTo: string | null = null;
  for (;;) {
    const next = { upTo, residents: RESIDENTS_A_PAGE };
    const page: Map<string, Booked[]> = await bookingsAfter(query, told.day, next);
    const against = await againstThese(query, page, rules);
    const kept = await keptInSpiteOf(query, [...against.keys()]);
    for (const booked of [...page.values()].flat()) {
      const { reservationId } = booked;
      const reason = against.get(reservationId);
      const isOn = [matterOf, danglingMatter].some((matter) => onList.has(matter(reservationId)));
      sums.bookings += 1;
      if (!reason) sums.allowedAgain += isOn ? 1 : 0;
      else if (isOn) sums.alreadyToCall += 1;
      else if (!kept.has(objectionOf({ ...booked, reason }))) {
        sums.toCall += 1;
        count(told.tally, { ...booked, reason, count: 1 });
      }
    }
    upTo = [...page.keys()].at(-1) ?? null;
    if (page.size < RESIDENTS_A_PAGE) return sums;
  }
}

/** Bookings that a change of venues leaves on a closing day, with a product taken off, or outside the hours. */
async function leftAtVenues(
  query: Query,
  entries: readonly CatalogueEntry[],
  told: { day: CalendarDate; tally: Tally },
) {
  const sums = { venue_closed_on_day: 0, product_not_allowed: 0, session_outside_hours: 0 };
  for (const entry of entries) {
    if (entry.kind !== 'venue') continue;
    const { venueCode } = entry.row;
    const now = await findVenue(query, venueCode);
    if (!now) continue;
    const change = { was: now, is: offerOf(entry.row) };
    for (const slots of await bookingsBySlot(query, venueCode, told.day)) {
      const reason = whyNewlyShut(change, slots);
      if (reason === undefined) continue;
      sums[reason] += slots.count;
      count(told.tally, { reason, venueCode, date: slots.date, count: slots.count });
    }
  }
  return {
    onClosingDays: sums.venue_closed_on_day,
    ofProductsTakenOff: sums.product_not_allowed,
    outsideHours: sums.session_outside_hours,
  };
}

/** Served as the operation, and asked by commands of the administrator. */
type Counting = (
  request: RequestOf<typeof CountAffectedBookings>,
  context: Pick<OperationContext, 'who'>,
) => ReturnType<Handler<typeof CountAffectedBookings>>;

/**
 * What a change of the catalogue would do to the bookings that stand, before it is saved: counted by the
 * very judgement that the recheck makes afterwards. No name, and no booking, is in the answer.
 */
export function countAffectedBookings(runtime: Pick<Runtime, 'database' | 'clock'>): Counting {
  return async ({ entries, version }, context) => {
    const { database } = runtime;
    const now = runtime.clock.now();
    const rules = await readRulebook(database.read, now);
    if (rules.version < version) return refuse('copy_stale', { version: rules.version });
    const told = { day: tokyoDate(now), tally: emptyTally() };
    const judged = await judgeAll(database.read, layOver(rules, entries), told);
    const left = await leftAtVenues(database.read, entries, told);
    const { byReason, byVenueWeek } = counted(told.tally);
    await database.transaction(context.who, async (tx) =>
      tx.audit({
        action: 'administration',
        operation: 'reservations.count-affected-bookings',
        outcome: 'done',
        detail: { version: rules.version, ...judged, ...left },
      }),
    );
    return ok({
      version: rules.version,
      ...judged,
      ...left,
      byReason: byReason.map((one) => ({ ...one, sentence: sentenceOf(one.reason) })),
      byVenueWeek,
    });
  };
}
