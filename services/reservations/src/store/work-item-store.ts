import type { Role, WorkItemKind, WorkItemView } from '@madoguchi/contracts';
import { workItemFinished } from '@madoguchi/contracts';
import type { Query, Transaction } from '@madoguchi/database';
import { newId } from '@madoguchi/kernel';

/** Somebody to be called. At most one live item per matter, which `dedupeKey` names. */
export type NewWorkItem = {
  kind: WorkItemKind;
  residentId: string;
  /** Calls are made in this order: the day of the booking, the end of an offer. */
  dueAt: Date;
  reservationId?: string;
  /** The slot at stake. */
  slotId?: string;
  venueCode?: string;
  /** Calendar date of the slot. */
  day?: string;
  /** A code of ours, no free text: `venue-flooded`, `dose_interval_too_short`. */
  reason?: string;
  /** `<kind>/<reservation or resident>` where absent. */
  dedupeKey?: string;
  notBefore?: Date;
};

/**
 * Puts people on the worklist in the transaction that makes it necessary. Whoever is on it already for the
 * same matter stays there once.
 * @returns how many came on it
 */
export async function insertWorkItems(
  tx: Transaction,
  items: readonly NewWorkItem[],
  now: Date,
): Promise<number> {
  if (items.length === 0) return 0;
  const rows = items.map((item) => ({
    ...item,
    id: newId(),
    dedupeKey: item.dedupeKey ?? `${item.kind}/${item.reservationId ?? item.residentId}`,
    notBefore: item.notBefore ?? now,
  }));
  const written = await tx.query(
    `INSERT INTO work_item (id, kind, dedupe_key, resident_id, reservation_id, slot_id, venue_code, day, reason,
       due_at, not_before, created_at)
     SELECT id, kind, "dedupeKey", "residentId", "reservationId", "slotId", "venueCode", day, reason,
       "dueAt", "notBefore", $2
     FROM jsonb_to_recordset($1::jsonb) AS i(id uuid, kind text, "dedupeKey" text, "residentId" uuid,
       "reservationId" uuid, "slotId" uuid, "venueCode" text, day date, reason text, "dueAt" timestamptz,
       "notBefore" timestamptz)
     ON CONFLICT (dedupe_key) WHERE state <> 'done' DO NOTHING RETURNING id`,
    [JSON.stringify(rows), now],
  );
  return written.length;
}

/** One of them. */
export async function insertWorkItem(tx: Transaction, item: NewWorkItem, now: Date): Promise<void> {
  await insertWorkItems(tx, [item], now);
}

/**
 * Ends live items that need no call any more, with the reason as outcome. By matter, also one that is in
 * somebody's hand, whose case stays open until they close it; by id, only those in nobody's.
 */
export async function settleWorkItems(
  tx: Transaction,
  which: { itemIds: readonly string[] } | { dedupeKeys: readonly string[] },
  end: { outcome: string; now: Date },
): Promise<number> {
  const byId = 'itemIds' in which;
  const ended = await tx.query<{ id: string; kind: WorkItemKind; version: number }>(
    `UPDATE work_item SET state = 'done', outcome = $2, finished_at = $3, version = version + 1
     WHERE ${byId ? `id = ANY($1::uuid[]) AND state = 'open'` : `dedupe_key = ANY($1::text[]) AND state <> 'done'`}
     RETURNING id, kind, version`,
    [byId ? which.itemIds : which.dedupeKeys, end.outcome, end.now],
  );
  for (const { id, kind, version } of ended)
    tx.record({
      type: workItemFinished,
      aggregateId: id,
      aggregateVersion: version,
      payload: { itemId: id, kind, outcome: end.outcome },
    });
  return ended.length;
}

export type WorkItemRow = {
  id: string;
  kind: WorkItemKind;
  residentId: string;
  reservationId: string | null;
  slotId: string | null;
  venueCode: string | null;
  day: string | null;
  reason: string | null;
  state: 'open' | 'taken' | 'done';
  dueAt: Date;
  notBefore: Date;
  createdAt: Date;
  tries: number;
  /** After too many tries, or because the person is protected. */
  deskOnly: boolean;
  takenBy: string | null;
  caseId: string | null;
  outcome: string | null;
  version: number;
};

const ITEM = /* sql */ `
SELECT w.id, w.kind, w.resident_id AS "residentId", w.reservation_id AS "reservationId", w.slot_id AS "slotId",
  w.venue_code AS "venueCode", w.day::text AS day, w.reason, w.state, w.due_at AS "dueAt", w.not_before AS "notBefore",
  w.created_at AS "createdAt", w.tries, (w.desk_only OR coalesce(c.refer, true)) AS "deskOnly", w.taken_by AS "takenBy",
  w.case_id AS "caseId", w.outcome, w.version
FROM work_item w LEFT JOIN resident_copy c ON c.resident_id = w.resident_id`;

/** Roles of the supervisor desk: they alone see items of protected people, and those nobody reached. */
export const isDesk = (role: Role): boolean => role === 'senior-operator' || role === 'city-staff';

/** An item as its worklist sees it now, locked. Whose copy is missing counts as protected. */
export async function lockWorkItem(query: Query, id: string): Promise<WorkItemRow | undefined> {
  const [row] = await query<WorkItemRow>(`${ITEM} WHERE w.id = $1::uuid FOR UPDATE OF w`, [id]);
  return row;
}

export type ItemFilter = {
  kinds: readonly string[] | undefined;
  venueCode: string | undefined;
  day: string | undefined;
  state: WorkItemRow['state'];
  notLaterThan: Date | undefined;
  withDesk: boolean;
  /** Due instant and id of the last one seen. */
  after: { dueAt: string; id: string } | undefined;
  limit: number;
};

/** Items of a state, most urgent first. */
export async function findWorkItems(query: Query, filter: ItemFilter): Promise<WorkItemRow[]> {
  return query<WorkItemRow>(
    `${ITEM} WHERE w.state = $1 AND ($2::text[] IS NULL OR w.kind = ANY($2)) AND ($3::text IS NULL OR w.venue_code = $3)
       AND ($4::date IS NULL OR w.day = $4::date) AND ($5::timestamptz IS NULL OR w.not_before <= $5)
       AND ($6 OR NOT (w.desk_only OR coalesce(c.refer, true)))
       AND ($7::timestamptz IS NULL OR (w.due_at, w.id) > ($7::timestamptz, $8::uuid))
     ORDER BY w.due_at, w.id LIMIT $9`,
    [
      filter.state,
      filter.kinds ?? null,
      filter.venueCode ?? null,
      filter.day ?? null,
      filter.notLaterThan ?? null,
      filter.withDesk,
      filter.after?.dueAt ?? null,
      filter.after?.id ?? null,
      filter.limit,
    ],
  );
}

export function workItemView(row: WorkItemRow, askedBy: string): WorkItemView {
  return {
    itemId: row.id,
    kind: row.kind,
    state: row.state,
    dueAt: row.dueAt.toISOString(),
    notBefore: row.notBefore.toISOString(),
    tries: row.tries,
    deskOnly: row.deskOnly,
    mine: row.takenBy === askedBy,
    ...(row.venueCode === null ? {} : { venueCode: row.venueCode }),
    ...(row.day === null ? {} : { day: row.day }),
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.outcome === null ? {} : { outcome: row.outcome }),
  };
}

/** Open items about a booking that is no longer live, or no longer where it was at stake; locked. */
export async function settledOtherwise(query: Query): Promise<string[]> {
  const rows = await query<{ id: string }>(
    `SELECT w.id FROM work_item w JOIN reservation r ON r.id = w.reservation_id
     WHERE w.state = 'open' AND w.kind IN ('session-closed', 'capacity-cut', 'rules-changed', 'callback')
       AND (r.state <> 'booked' OR r.slot_id <> w.slot_id)
     ORDER BY w.id LIMIT 500 FOR UPDATE OF w SKIP LOCKED`,
  );
  return rows.map(({ id }) => id);
}

/** Open items of a closed session's bookings, locked. */
export async function openItemsOfSlots(query: Query, sessionId: string): Promise<string[]> {
  const rows = await query<{ id: string }>(
    `SELECT id FROM work_item WHERE kind = 'session-closed' AND state = 'open'
       AND slot_id IN (SELECT id FROM slot WHERE session_id = $1::uuid) ORDER BY id FOR UPDATE`,
    [sessionId],
  );
  return rows.map(({ id }) => id);
}
