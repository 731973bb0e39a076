import type { AFTER_CALL_CODES } from '@madoguchi/contracts';
import { caseEnded } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';

export type CaseEnd = {
  caseId: string;
  at: Date;
  afterCallCode: (typeof AFTER_CALL_CODES)[number];
  note?: string | undefined;
};

/** Ends a case, and tells of it. */
export async function endCase(tx: Transaction, end: CaseEnd): Promise<void> {
  const { caseId, at, afterCallCode } = end;
  await tx.query(
    `UPDATE case_record SET state = 'closed', closed_at = $2, after_call_code = $3, note = $4,
       version = version + 1 WHERE id = $1::uuid`,
    [caseId, at, afterCallCode, end.note ?? null],
  );
  tx.record({
    type: caseEnded,
    aggregateId: caseId,
    aggregateVersion: 2,
    payload: { caseId, afterCallCode },
  });
}
