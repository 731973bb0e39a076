import type { openSession as OpenSession } from '@madoguchi/contracts';
import { idempotent } from '@madoguchi/database';
import type { CalendarDate } from '@madoguchi/kernel';
import { ok, refuse, tokyoDate } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import { isClosedOn } from '../domain/closing-days.ts';
import { patternFaults } from '../domain/session-pattern.ts';
import { insertSession, isTakenBySession, lockVenueSessions } from '../store/session-store.ts';
import { findVenue, isGivenAt } from '../store/venue-store.ts';

const OPERATION = 'reservations.open-session';

/** Opens a day of a venue for a product: the session and the slots of its pattern. */
export function openSession(runtime: Runtime): Handler<typeof OpenSession> {
  return async (request, context) => {
    const items = patternFaults(request.pattern).map((item) => `pattern.${item}`);
    const closesAt = request.closesAt === undefined ? null : new Date(request.closesAt);
    const opensAt = new Date(request.opensAt);
    if (closesAt !== null && closesAt <= opensAt) items.push('closesAt');
    if (items.length > 0) return refuse('session_pattern_wrong', { items });
    const day = request.day as CalendarDate;
    if (day < tokyoDate(runtime.clock.now())) return refuse('session_in_past');
    const session = { ...request, day, opensAt, closesAt };
    const command = commandOf(context, OPERATION, request);
    return runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, async () => {
        await lockVenueSessions(tx, request.venueCode);
        const venue = await findVenue(tx.query, request.venueCode);
        if (!venue) return refuse('venue_not_found');
        if (!(await isGivenAt(tx.query, venue, request.productCode)))
          return refuse('product_not_allowed');
        if (isClosedOn(venue, day)) return refuse('venue_closed_on_day');
        if (await isTakenBySession(tx.query, session)) return refuse('session_exists');
        const opened = await insertSession(tx, session);
        tx.audit({
          action: 'administration',
          operation: OPERATION,
          outcome: 'done',
          detail: { ...opened, venueCode: request.venueCode, day },
        });
        return ok(opened);
      }),
    );
  };
}
