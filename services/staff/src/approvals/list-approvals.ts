import type { listApprovals as ListApprovals } from '@madoguchi/contracts';
import { ok } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import type { ApprovalRow } from '../store/approval-store.ts';
import { APPROVAL, approvalView } from '../store/approval-store.ts';

/** Requests of the last day: what waits for a decision, and what became of the others. */
export function listApprovals(runtime: Runtime): Handler<typeof ListApprovals> {
  return async (_request, context) => {
    const now = runtime.clock.now();
    const rows = await runtime.database.transaction(context.who, (tx) =>
      tx.query<ApprovalRow>(
        `${APPROVAL} WHERE a.requested_at > $1 AND ($2::uuid IS NULL OR a.requested_by = $2::uuid)
         ORDER BY a.requested_at DESC LIMIT 100`,
        [
          new Date(now.getTime() - 24 * 3_600_000),
          // Who cannot decide sees what they asked for themselves.
          context.actor.role === 'venue-staff' ? context.actor.sub : null,
        ],
      ),
    );
    return ok({ approvals: rows.map((row) => approvalView(row, now)) });
  };
}
