import type { CaseKind, listReferredCases as ListReferredCases } from '@madoguchi/contracts';
import { ok } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import type { PrismaClient } from '../generated/client.ts';
import { casesAtDesk } from '../store/desk-cases.ts';

/** Cases waiting at the supervisor desk, oldest first; nothing in them tells why the caller was not found. */
export function listReferredCases(
  runtime: Runtime<PrismaClient>,
): Handler<typeof ListReferredCases> {
  return async () => {
    const rows = await casesAtDesk(runtime.database.prisma);
    return ok({
      cases: rows.map((row) => ({
        caseId: row.id,
        kind: row.kind as CaseKind,
        referredAt: (row.referredAt ?? row.openedAt).toISOString(),
        referredBy: row.referredBy ?? row.operatorId,
        reason: row.referReason ?? 'other',
        ...(row.takenBy === null ? {} : { takenBy: row.takenBy }),
      })),
    });
  };
}
