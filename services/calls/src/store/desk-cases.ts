import type { Query } from '@madoguchi/database';
import type { PrismaClient } from '../generated/client.ts';

const MOST_SHOWN = 100;

export type Referral = { caseId: string; operatorId: string; reason: string; at: Date };

/** Lays a case before the supervisor desk; whoever had taken it there before has it no more. */
export async function referToDesk(query: Query, referral: Referral): Promise<void> {
  await query(
    `UPDATE case_record SET state = 'referred', referred_at = $2, referred_by = $3, refer_reason = $4,
       taken_by = NULL, version = version + 1 WHERE id = $1::uuid`,
    [referral.caseId, referral.at, referral.operatorId, referral.reason],
  );
}

/** False where the case does not wait at the desk, or somebody else has taken it. */
export async function takeFromDesk(
  query: Query,
  caseId: string,
  supervisorId: string,
): Promise<boolean> {
  const rows = await query(
    `UPDATE case_record SET taken_by = $2, version = version + 1
     WHERE id = $1::uuid AND state = 'referred' AND (taken_by IS NULL OR taken_by = $2) RETURNING id`,
    [caseId, supervisorId],
  );
  return rows.length === 1;
}

/** Cases at the supervisor desk, oldest first. */
export const casesAtDesk = (prisma: PrismaClient) =>
  prisma.caseRecord.findMany({
    where: { state: 'referred' },
    orderBy: { referredAt: 'asc' },
    take: MOST_SHOWN,
  });
