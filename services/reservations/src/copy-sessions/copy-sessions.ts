import type { copySessions as CopySessions, ReplyOf, RequestOf } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import { idempotent } from '@madoguchi/database';
import type { CalendarDate } from '@madoguchi/kernel';
import { addDays, ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import type { OpeningTime } from '../domain/may-open.ts';
import { openingTime, whyNotOpenedAt } from '../store/opening-store.ts';
import type { NewSession, SessionRow } from '../store/session-store.ts';
import {
  findSessions,
  insertSession,
  isTakenBySession,
  lockVenueSessions,
} from '../store/session-store.ts';
import type { VenueCopy } from '../store/venue-store.ts';
import { findVenue } from '../store/venue-store.ts';

type Report = ReplyOf<typeof CopySessions>;
type Copying = {
  request: RequestOf<typeof CopySessions>;
  venue: VenueCopy;
  time: OpeningTime;
};

const OPERATION = 'reservations.copy-sessions';
const DAY_MS = 86_400_000;
const MOST_SESSIONS = 200;

const later = (instant: Date | null, days: number): Date | null =>
  instant === null ? null : new Date(instant.getTime() + days * DAY_MS);

/** Japan has no daylight saving time, so a copied window opens at the same time of the day. */
const movedBy = (session: SessionRow, days: number): NewSession => ({
  venueCode: session.venueCode,
  productCode: session.productCode,
  pattern: session.pattern,
  day: addDays(session.day, days),
  opensAt: later(session.opensAt, days) ?? session.opensAt,
  closesAt: later(session.closesAt, days),
});

async function copyOne(
  tx: Transaction,
  session: NewSession,
  { request, venue, time }: Copying,
): Promise<{ slots: number } | Report['skipped'][number]['reason']> {
  if (request.skipDays.includes(session.day)) return 'asked-for';
  const not = await whyNotOpenedAt(tx.query, { ...session, venue }, time);
  if (not) return not.why;
  if (await isTakenBySession(tx.query, session)) return 'session-exists';
  return insertSession(tx, session);
}

async function copyWeeks(
  tx: Transaction,
  sessions: readonly SessionRow[],
  copying: Copying,
): Promise<Report> {
  const report: Report = { copied: 0, slots: 0, made: [], skipped: [] };
  for (let week = 1; week <= copying.request.weeks; week += 1)
    for (const session of sessions) {
      const copy = movedBy(session, week * 7);
      const done = await copyOne(tx, copy, copying);
      const { day, productCode } = copy;
      if (typeof done === 'string') {
        report.skipped.push({ day, productCode, reason: done });
        continue;
      }
      report.made.push({ day, productCode, slots: done.slots });
      report.copied += 1;
      report.slots += done.slots;
    }
  return report;
}

/** Copies seven days of a venue to the weeks after, but for what could not be opened there; says of each day what was done. */
export function copySessions(runtime: Runtime): Handler<typeof CopySessions> {
  return async (request, context) => {
    const command = commandOf(context, OPERATION, request);
    return runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, async () => {
        const { venueCode } = request;
        await lockVenueSessions(tx, venueCode);
        const venue = await findVenue(tx.query, venueCode);
        if (!venue) return refuse('venue_not_found');
        const sessions = await findSessions(tx.query, {
          venueCode,
          from: request.from,
          to: addDays(request.from as CalendarDate, 6),
          state: 'open',
          after: undefined,
          limit: MOST_SESSIONS,
        });
        if (sessions.length === 0) return refuse('session_not_found');
        const time = await openingTime(tx.query, runtime.clock.now());
        const report = await copyWeeks(tx, sessions, { request, venue, time });
        tx.audit({
          action: 'administration',
          operation: OPERATION,
          outcome: 'done',
          detail: { venueCode, from: request.from, weeks: request.weeks, copied: report.copied },
        });
        return ok(report);
      }),
    );
  };
}
