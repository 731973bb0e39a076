import type { CaseKind, CaseView } from '@madoguchi/contracts';
import { caseOpened } from '@madoguchi/contracts';
import type { Query, Transaction } from '@madoguchi/database';
import type { CaseState } from '../domain/case-state.ts';

export type CaseRow = {
  id: string;
  kind: CaseKind;
  state: CaseState;
  operatorId: string;
  callId: string | null;
  openedAt: Date;
  handReason: string | null;
  takenBy: string | null;
  workItemId: string | null;
  /** Whom the work item is about. */
  residentIds: string[];
  version: number;
  callState: 'ringing' | 'talking' | 'ended' | null;
  fromNumber: string | null;
  queue: string | null;
  language: string | null;
};

const CASE = /* sql */ `
SELECT r.id, r.kind, r.state, r.operator_id AS "operatorId", r.call_id AS "callId", r.opened_at AS "openedAt",
  r.hand_reason AS "handReason", r.taken_by AS "takenBy", r.work_item_id AS "workItemId",
  r.resident_ids AS "residentIds", r.version, c.state AS "callState",
  c.from_number AS "fromNumber", c.queue, c.language
FROM case_record r LEFT JOIN telephone_call c ON c.id = r.call_id`;

/** Whose the case is now: the desk's once it was taken there, nobody's while it waits there. */
export const MINE = `((r.state = 'referred' AND r.taken_by = $1) OR (r.state <> 'referred' AND r.operator_id = $1))`;

export async function findLiveCase(query: Query, operatorId: string): Promise<CaseRow | undefined> {
  const [row] = await query<CaseRow>(
    `${CASE} WHERE ${MINE} AND r.state <> 'closed' ORDER BY r.opened_at DESC, r.id DESC LIMIT 1`,
    [operatorId],
  );
  return row;
}

export async function findOwnCase(
  query: Query,
  operatorId: string,
  caseId: string,
): Promise<CaseRow | undefined> {
  const [row] = await query<CaseRow>(
    `${CASE} WHERE ${MINE} AND r.id = $2::uuid AND r.state <> 'closed' FOR UPDATE OF r`,
    [operatorId, caseId],
  );
  return row;
}

export async function casesOfCall(query: Query, callId: string): Promise<CaseRow[]> {
  return query<CaseRow>(
    `${CASE} WHERE r.call_id = $1::uuid AND r.state <> 'closed' ORDER BY r.opened_at FOR UPDATE OF r`,
    [callId],
  );
}

export type NewCase = {
  id: string;
  kind: CaseKind;
  state: CaseState;
  operatorId: string;
  callId?: string;
  openedAt: Date;
  handReason?: string;
  workItem?: { id: string; residents: readonly string[] };
};

/** Begins a case, and tells of it. */
export async function beginCase(tx: Transaction, row: NewCase): Promise<void> {
  const { id, kind, operatorId } = row;
  await tx.query(
    `INSERT INTO case_record (id, kind, state, operator_id, call_id, opened_at, hand_reason, work_item_id, resident_ids,
       referred_at, referred_by, taken_by)
     VALUES ($1::uuid, $2, $3, $4, $5::uuid, $6, $7, $8::uuid, $9::uuid[],
       CASE WHEN $3 = 'referred' THEN $6::timestamptz END, CASE WHEN $3 = 'referred' THEN $4 END,
       CASE WHEN $3 = 'referred' THEN $4 END)`,
    [
      id,
      kind,
      row.state,
      operatorId,
      row.callId ?? null,
      row.openedAt,
      row.handReason ?? null,
      row.workItem?.id ?? null,
      row.workItem?.residents ?? [],
    ],
  );
  tx.record({
    type: caseOpened,
    aggregateId: id,
    aggregateVersion: 1,
    payload: { caseId: id, kind, operatorId },
  });
}

/** Serialises the opening of one case, before its row exists. */
export async function lockCaseId(query: Query, caseId: string): Promise<void> {
  await query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 12))`, [caseId]);
}

/** The case of a work item, by the id its worklist chose. */
export async function findCaseOfItem(
  query: Query,
  caseId: string,
): Promise<{ workItemId: string | null; operatorId: string; state: CaseState } | undefined> {
  const [row] = await query<{
    workItemId: string | null;
    operatorId: string;
    state: CaseState;
  }>(
    `SELECT work_item_id AS "workItemId", operator_id AS "operatorId", state FROM case_record
     WHERE id = $1::uuid FOR UPDATE`,
    [caseId],
  );
  return row;
}

/** Moves a case on; its version says that there is something new to see. */
export async function setCaseState(query: Query, id: string, state: CaseState): Promise<void> {
  await query(`UPDATE case_record SET state = $2, version = version + 1 WHERE id = $1::uuid`, [
    id,
    state,
  ]);
}

export function caseView(row: CaseRow): CaseView {
  return {
    caseId: row.id,
    kind: row.kind,
    state: row.state,
    openedAt: row.openedAt.toISOString(),
    openedByHand: row.handReason !== null,
    telephoneState: row.callState ?? 'none',
    version: row.version,
    ...(row.fromNumber === null ? {} : { callerNumber: row.fromNumber }),
    ...(row.queue === null ? {} : { queue: row.queue }),
    ...(row.language === null ? {} : { language: row.language }),
    ...(row.workItemId === null ? {} : { workItemId: row.workItemId }),
  };
}
