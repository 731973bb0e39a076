import type { listApprovals as ListApprovals } from '@madoguchi/contracts';
import { ok } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { approvalsSince, approvalView } from '../store/approval-store.ts';

const DAY_MS = 24 * 3_600_000;

/** Requests of the last day: what waits for a decision, and what became of the others. */
export function listApprovals(runtime: Runtime): Handler<typeof ListApprovals> {
  return async (_request, context) => {
    const now = runtime.clock.now();
    const rows = await runtime.database.transaction(context.who, (tx) =>
      approvalsSince(tx.query, {
        since: new Date(now.getTime() - DAY_MS),
        // Who cannot decide sees what they asked for themselves.
        ...(context.actor.role === 'venue-staff' ? { requestedBy: context.actor.sub } : {}),
      }),
    );
    return ok({ approvals: rows.map((row) => approvalView(row, now)) });
  };
}
