import type { listSessions as ListSessions, SessionView } from '@madoguchi/contracts';
import { isId, ok, parseCalendarDate, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import type { SessionRow } from '../store/session-store.ts';
import { countSessions, findSessions } from '../store/session-store.ts';

const NOTHING = { slots: 0, capacity: 0, booked: 0, held: 0, overBooked: 0 };

/** `<day>|<id>` of the last session of a page. */
function readCursor(cursor: string): { day: string; id: string } | undefined {
  const [day = '', id = '', ...rest] = cursor.split('|');
  return rest.length === 0 && isId(id) && parseCalendarDate(day) !== undefined
    ? { day, id }
    : undefined;
}

const viewOf = (row: SessionRow, counts: typeof NOTHING): SessionView => ({
  sessionId: row.id,
  venueCode: row.venueCode,
  day: row.day,
  productCode: row.productCode,
  pattern: row.pattern,
  opensAt: row.opensAt.toISOString(),
  ...(row.closesAt === null ? {} : { closesAt: row.closesAt.toISOString() }),
  state: row.state,
  ...(row.venueShut && row.state === 'open' ? { toBeClosed: true as const } : {}),
  ...(row.reason === null ? {} : { reason: row.reason }),
  ...counts,
  version: row.version,
});

/** Sessions by venue and day, with what is booked in each. */
export function listSessions(runtime: Runtime): Handler<typeof ListSessions> {
  return async (request) => {
    const after = request.cursor === undefined ? undefined : readCursor(request.cursor);
    if (request.cursor !== undefined && !after)
      return refuse('malformed_request', { items: ['cursor'] });
    const { read } = runtime.database;
    const { venueCode, from, to, state, limit } = request;
    const rows = await findSessions(read, { venueCode, from, to, state, after, limit });
    const counts = await countSessions(
      read,
      rows.map((row) => row.id),
    );
    const last = rows.at(-1);
    return ok({
      sessions: rows.map((row) => viewOf(row, counts.get(row.id) ?? NOTHING)),
      ...(last && rows.length === limit ? { nextCursor: `${last.day}|${last.id}` } : {}),
    });
  };
}
