import type { copySessions as CopySessions, ReplyOf, RequestOf } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import { idempotent } from '@madoguchi/database';
import type { CalendarDate } from '@madoguchi/kernel';
import { addDays, ok, refuse, tokyoDate } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import { isClosedOn } from '../domain/closing-days.ts';
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
  today: CalendarDate;
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
  { request, venue, today }: Copying,
): Promise<{ slots: number } | Report['skipped'][number]['reason']> {
  if (request.skipDays.includes(session.day)) return 'asked-for';
  if (session.day < today) return 'in-past';
  if (isClosedOn(venue, session.day)) return 'venue-closed';
  if (await isTakenBySession(tx.query, session)) return 'session-exists';
  return insertSession(tx, session);
}

async function copyWeeks(
  tx: Transaction,
  sessions: readonly SessionRow[],
  copying: Copying,
): Promise<Report> {
  const report: Report = { copied: 0, slots: 0, skipped: [] };
  for (let week = 1; week <= copying.request.weeks; week += 1)
    for (const session of sessions) {
      const copy = movedBy(session, week * 7);
      const done = await copyOne(tx, copy, copying);
      if (typeof done === 'string') {
        const { day, productCode } = copy;
        report.skipped.push({ day, productCode, reason: done });
        continue;
      }
      report.copied += 1;
      report.slots += done.slots;
    }
  return report;
}

/** Copies seven days of a venue to the weeks after, but for the days on which it is closed. */
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
        const today = tokyoDate(runtime.clock.now());
        const report = await copyWeeks(tx, sessions, { request, venue, today });
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
