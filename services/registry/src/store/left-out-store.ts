import type { Query } from '@madoguchi/database';

export type LeftOut = {
  itemId: string;
  runId: string;
  setAsideAt: Date;
  openedInCase: string | null;
  openedBy: string | null;
};

/** Who waits, oldest first; and how many wait altogether. */
export async function waitingLeftOut(
  query: Query,
  municipalityCode: string,
  limit: number,
): Promise<{ items: LeftOut[]; waiting: number }> {
  const rows = await query<LeftOut & { waiting: number }>(
    `SELECT b.item_id AS "itemId", b.run_id AS "runId", b.set_aside_at AS "setAsideAt",
       b.opened_in_case AS "openedInCase", b.opened_by AS "openedBy", (count(*) OVER ())::int AS waiting
     FROM bulk_left_out b JOIN resident r ON r.id = b.resident_id
     WHERE b.handled_at IS NULL AND r.municipality_code = $1
     ORDER BY b.set_aside_at, b.item_id LIMIT $2`,
    [municipalityCode, limit],
  );
  return { items: rows, waiting: rows[0]?.waiting ?? 0 };
}

/** Notes in which case one is opened, and gives who it is; nobody where nothing waits under that number. */
export async function openItem(
  query: Query,
  municipalityCode: string,
  opening: { itemId: string; caseId: string; operatorId: string },
): Promise<{ residentId: string; protected: boolean } | undefined> {
  const [person] = await query<{ residentId: string; protected: boolean }>(
    `UPDATE bulk_left_out b SET opened_in_case = $3::uuid, opened_by = $4 FROM resident r
     WHERE b.item_id = $2::uuid AND b.handled_at IS NULL
       AND r.id = b.resident_id AND r.municipality_code = $1
     RETURNING r.id AS "residentId", r.protected`,
    [municipalityCode, opening.itemId, opening.caseId, opening.operatorId],
  );
  return person;
}

export type Settling = {
  itemId: string;
  residentId: string;
  caseId: string;
  operatorId: string;
  handling: string;
  now: Date;
};

/** Takes one off the queue, in the case in which it was opened; false where that is not so. */
export async function settleItem(query: Query, settling: Settling): Promise<boolean> {
  const rows = await query(
    `UPDATE bulk_left_out SET handled_at = $5, handled_by = $4, handling = $6
     WHERE item_id = $1::uuid AND resident_id = $2::uuid AND opened_in_case = $3::uuid
       AND handled_at IS NULL RETURNING item_id`,
    [
      settling.itemId,
      settling.residentId,
      settling.caseId,
      settling.operatorId,
      settling.now,
      settling.handling,
    ],
  );
  return rows.length === 1;
}
