import type { openSession as OpenSession } from '@madoguchi/contracts';
import { idempotent } from '@madoguchi/database';
import type { CalendarDate } from '@madoguchi/kernel';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import type { ItemFault } from '../domain/item-fault.ts';
import type { NotOpened } from '../domain/may-open.ts';
import { patternFaults } from '../domain/session-pattern.ts';
import { openingTime, whyNotOpenedAt } from '../store/opening-store.ts';
import { insertSession, isTakenBySession, lockVenueSessions } from '../store/session-store.ts';
import { findVenue } from '../store/venue-store.ts';

const OPERATION = 'reservations.open-session';

const CODE_OF = {
  'in-past': 'session_in_past',
  'too-far': 'session_too_far',
  'product-not-given': 'product_not_allowed',
  'product-over': 'product_over_on_day',
  'venue-closed': 'venue_closed_on_day',
  'outside-hours': 'session_outside_hours',
} as const satisfies Record<NotOpened['why'], string>;

const closesTooEarly: ItemFault = {
  item: 'closesAt',
  ja: '受付終了が、受付開始より後ではありません。',
  en: 'Booking does not close after it opens.',
};

/** Opens a day of a venue for a product: the session and the slots of its pattern. */
export function openSession(runtime: Runtime): Handler<typeof OpenSession> {
  return async (request, context) => {
    const items = patternFaults(request.pattern).map((fault) => ({
      ...fault,
      item: `pattern.${fault.item}`,
    }));
    const closesAt = request.closesAt === undefined ? null : new Date(request.closesAt);
    const opensAt = new Date(request.opensAt);
    if (closesAt !== null && closesAt <= opensAt) items.push(closesTooEarly);
    if (items.length > 0) return refuse('session_pattern_wrong', { items });
    const day = request.day as CalendarDate;
    const session = { ...request, day, opensAt, closesAt };
    const command = commandOf(context, OPERATION, request);
    return runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, async () => {
        await lockVenueSessions(tx, request.venueCode);
        const venue = await findVenue(tx.query, request.venueCode);
        if (!venue) return refuse('venue_not_found');
        const time = await openingTime(tx.query, runtime.clock.now());
        const not = await whyNotOpenedAt(tx.query, { ...session, venue }, time);
        if (not)
          return refuse(CODE_OF[not.why], {
            ...('fault' in not ? { items: [not.fault] } : {}),
            ...(not.why === 'too-far' ? { lastDay: time.lastDay } : {}),
          });
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
