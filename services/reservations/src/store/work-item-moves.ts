import type { WorkItemOutcome } from '@madoguchi/contracts';
import { workItemFinished, workItemReleased } from '@madoguchi/contracts';
import type { Query, Transaction } from '@madoguchi/database';
import type { BookingNow } from '../domain/work-item.ts';
import { afterTryInVain } from '../domain/work-item.ts';
import { SLOT_SHUT, VENUE_SHUT } from './slot-store.ts';
import { waitlistSetting } from './waiting-store.ts';
import type { WorkItemRow } from './work-item-store.ts';

/** An item into the hand of one person at work, with the id of the case that is opened for it next. */
export async function giveWorkItem(
  query: Query,
  itemId: string,
  to: { takenBy: string; takenAt: Date; caseId: string },
): Promise<void> {
  await query(
    `UPDATE work_item SET state = 'taken', taken_by = $2, taken_at = $3, case_id = $4::uuid, version = version + 1
     WHERE id = $1::uuid`,
    [itemId, to.takenBy, to.takenAt, to.caseId],
  );
}

/** An item goes back on the list, and the case opened for it ends. */
export async function putBackWorkItem(
  tx: Transaction,
  which: { caseId: string } | { itemId: string; takenBy: string | undefined },
): Promise<string | undefined> {
  const byCase = 'caseId' in which;
  const rows = await tx.query<{ id: string; caseId: string; version: number }>(
    `UPDATE work_item w SET state = 'open', taken_by = NULL, taken_at = NULL, case_id = NULL, version = w.version + 1
     FROM (SELECT id, case_id FROM work_item WHERE state = 'taken' AND ${
       byCase ? 'case_id = $1::uuid' : 'id = $1::uuid AND ($2::text IS NULL OR taken_by = $2)'
     } FOR UPDATE) was
     WHERE w.id = was.id RETURNING w.id, was.case_id AS "caseId", w.version`,
    byCase ? [which.caseId] : [which.itemId, which.takenBy ?? null],
  );
  const [row] = rows;
  if (!row) return undefined;
  tx.record({
    type: workItemReleased,
    aggregateId: row.id,
    aggregateVersion: row.version,
    payload: { itemId: row.id, caseId: row.caseId },
  });
  tx.audit({
    action: 'case',
    operation: 'reservations.release-work-item',
    outcome: 'done',
    detail: { itemId: row.id, caseId: row.caseId },
  });
  return row.id;
}

/** Items that were taken before an instant and are still in somebody's hand, longest first. */
export async function itemsLeftLying(query: Query, takenBefore: Date): Promise<string[]> {
  const rows = await query<{ id: string }>(
    `SELECT id FROM work_item WHERE state = 'taken' AND taken_at < $1 ORDER BY taken_at LIMIT 200`,
    [takenBefore],
  );
  return rows.map(({ id }) => id);
}

/** What became of the booking an item is about, and of the person since the item is on the list. */
export async function bookingAtStake(
  query: Query,
  item: WorkItemRow,
): Promise<{ booking: BookingNow; bookedSince: boolean }> {
  const [booking] = await query<NonNullable<BookingNow>>(
    `SELECT r.state, r.slot_id AS "slotId", (${SLOT_SHUT} OR ${VENUE_SHUT}) AS "slotClosed"
     FROM reservation r JOIN slot s ON s.id = r.slot_id JOIN venue v ON v.code = s.venue_code WHERE r.id = $1::uuid`,
    [item.reservationId],
  );
  const [since] = await query(
    `SELECT 1 FROM reservation WHERE resident_id = $1::uuid AND state = 'booked' AND booked_at >= $2 LIMIT 1`,
    [item.residentId, item.createdAt],
  );
  return { booking: booking ?? null, bookedSince: since !== undefined };
}

/**
 * Nobody answered: the item comes back later, in calling hours, and after too many tries to the desk.
 * @returns from when on it can be tried again
 */
export async function postponeWorkItem(query: Query, item: WorkItemRow, now: Date): Promise<Date> {
  const next = afterTryInVain(item, now, await waitlistSetting(query));
  await query(
    `UPDATE work_item SET state = 'open', taken_by = NULL, taken_at = NULL, case_id = NULL, tries = $2,
       not_before = $3, desk_only = desk_only OR $4, version = version + 1 WHERE id = $1::uuid`,
    [item.id, next.tries, next.notBefore, next.deskOnly],
  );
  return next.notBefore;
}

/** The call was made, and this came of it. */
export async function endWorkItem(
  tx: Transaction,
  item: WorkItemRow,
  how: { outcome: WorkItemOutcome; now: Date },
): Promise<void> {
  await tx.query(
    `UPDATE work_item SET state = 'done', outcome = $2, finished_at = $3, version = version + 1
     WHERE id = $1::uuid`,
    [item.id, how.outcome, how.now],
  );
  tx.record({
    type: workItemFinished,
    aggregateId: item.id,
    aggregateVersion: item.version + 1,
    payload: { itemId: item.id, kind: item.kind, outcome: how.outcome },
  });
}
