import type { AFTER_CALL_CODES } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import type { CaseRow } from './case-store.ts';

export type EarlierCase = {
  id: string;
  kind: CaseRow['kind'];
  openedAt: Date;
  afterCallCode: (typeof AFTER_CALL_CODES)[number] | null;
};

/** Notes whom a case served; without effect where the case is unknown. */
export async function noteServed(query: Query, caseId: string, residentId: string): Promise<void> {
  await query(
    `INSERT INTO case_resident (case_id, resident_id)
     SELECT id, $2::uuid FROM case_record WHERE id = $1::uuid ON CONFLICT DO NOTHING`,
    [caseId, residentId],
  );
}

export type EarlierWanted = {
  residentId: string;
  /** The case in which they are asked for; it is not among them. */
  caseId: string;
  /** Id of the last one seen. */
  cursor?: string | undefined;
  limit: number;
};

/** Cases in which a resident was served, newest first. */
export const earlierCases = (query: Query, wanted: EarlierWanted): Promise<EarlierCase[]> =>
  query<EarlierCase>(
    `SELECT r.id, r.kind, r.opened_at AS "openedAt", r.after_call_code AS "afterCallCode"
     FROM case_record r JOIN case_resident s ON s.case_id = r.id
     WHERE s.resident_id = $1::uuid AND r.id <> $2::uuid AND ($3::uuid IS NULL OR r.id < $3::uuid)
     ORDER BY r.id DESC LIMIT $4`,
    [wanted.residentId, wanted.caseId, wanted.cursor ?? null, wanted.limit],
  );
