import type { listSessions as ListSessions, SessionView } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import { isId, ok, parseCalendarDate, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { isProductOver } from '../domain/may-open.ts';
import { isWithinHours, outsideHours } from '../domain/opening-hours.ts';
import type { DoseRule } from '../domain/rulebook.ts';
import { plansToCome } from '../store/quota-plan-store.ts';
import { readRulebook } from '../store/rulebook-store.ts';
import type { SessionRow, SlotBooked } from '../store/session-store.ts';
import { countSessions, findSessions, slotsOfSessions } from '../store/session-store.ts';
import { hoursOf } from '../store/venue-store.ts';

const NOTHING = { slots: 0, capacity: 0, booked: 0, held: 0, overBooked: 0 };

/** `<day>|<id>` of the last session of a page. */
function readCursor(cursor: string): { day: string; id: string } | undefined {
  const [day = '', id = '', ...rest] = cursor.split('|');
  return rest.length === 0 && isId(id) && parseCalendarDate(day) !== undefined
    ? { day, id }
    : undefined;
}

/** Why a session has to be closed that was opened before its venue, product or rules were changed. */
function toBeClosed(row: SessionRow, doseRules: readonly DoseRule[]) {
  if (row.state !== 'open') return {};
  const over = isProductOver(doseRules, row.productCode, row.day) ? 'product-over' : null;
  const why = row.venueShut ?? over;
  return why === null ? {} : { toBeClosed: why };
}

/** Slots outside the venue's hours of open sessions that are not to be closed anyway, by session. */
async function slotsOutside(
  query: Query,
  rows: readonly SessionRow[],
): Promise<Map<string, SlotBooked[]>> {
  const suspects = rows.flatMap((row) => {
    const hours = hoursOf(row.venueHours ?? []);
    const isOutside =
      row.state === 'open' &&
      row.venueShut === null &&
      outsideHours(row.pattern, row.day, hours) !== undefined;
    return isOutside ? [{ row, hours }] : [];
  });
  if (suspects.length === 0) return new Map();
  const ids = suspects.map(({ row }) => row.id);
  const slots = Map.groupBy(await slotsOfSessions(query, ids), ({ sessionId }) => sessionId);
  return new Map(
    suspects.map(({ row, hours }) => [
      row.id,
      (slots.get(row.id) ?? []).filter((slot) => !isWithinHours(slot, row.day, hours)),
    ]),
  );
}

function outside(slots: readonly SlotBooked[]) {
  if (slots.length === 0) return {};
  const booked = slots.reduce((sum, slot) => sum + slot.booked, 0);
  return { outsideHours: { slots: slots.length, booked } };
}

type Beside = {
  slotsOutside: readonly SlotBooked[];
  counts: typeof NOTHING;
  plans: SessionView['plans'];
  doseRules: readonly DoseRule[];
};

const viewOf = (row: SessionRow, { counts, plans, doseRules, ...beside }: Beside): SessionView => ({
  sessionId: row.id,
  venueCode: row.venueCode,
  day: row.day,
  productCode: row.productCode,
  pattern: row.pattern,
  opensAt: row.opensAt.toISOString(),
  ...(row.closesAt === null ? {} : { closesAt: row.closesAt.toISOString() }),
  state: row.state,
  ...toBeClosed(row, doseRules),
  ...outside(beside.slotsOutside),
  ...(row.reason === null ? {} : { reason: row.reason }),
  ...counts,
  plans,
  version: row.version,
});

/** Sessions with what is booked in each, and what is planned for it. */
async function viewsOf(query: Query, rows: readonly SessionRow[], now: Date) {
  const ids = rows.map((row) => row.id);
  const counts = await countSessions(query, ids);
  const plans = await plansToCome(query, ids);
  const shortened = await slotsOutside(query, rows);
  const { doseRules } = await readRulebook(query, now);
  return rows.map((row) =>
    viewOf(row, {
      counts: counts.get(row.id) ?? NOTHING,
      plans: (plans.get(row.id) ?? []).map(({ at, quotas }) => ({ at: at.toISOString(), quotas })),
      slotsOutside: shortened.get(row.id) ?? [],
      doseRules,
    }),
  );
}

/** Sessions by venue and day, with what is booked in each. */
export function listSessions(runtime: Runtime): Handler<typeof ListSessions> {
  return async (request) => {
    const after = request.cursor === undefined ? undefined : readCursor(request.cursor);
    if (request.cursor !== undefined && !after)
      return refuse('malformed_request', { items: ['cursor'] });
    const { read } = runtime.database;
    const { venueCode, from, to, state, limit } = request;
    const rows = await findSessions(read, { venueCode, from, to, state, after, limit });
    const last = rows.at(-1);
    return ok({
      sessions: await viewsOf(read, rows, runtime.clock.now()),
      ...(last && rows.length === limit ? { nextCursor: `${last.day}|${last.id}` } : {}),
    });
  };
}
