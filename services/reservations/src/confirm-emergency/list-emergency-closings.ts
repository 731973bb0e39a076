import type { listEmergencyClosings as ListEmergencyClosings } from '@madoguchi/contracts';
import { ok } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import type { EmergencyRow } from '../store/emergency-store.ts';
import { emergencies } from '../store/emergency-store.ts';
import { sessionsNamed } from '../store/sessions-named.ts';

const DAY_MS = 24 * 3_600_000;

const stateOf = ({ decision, confirmBy }: EmergencyRow, now: Date) =>
  decision ?? (confirmBy <= now ? ('overdue' as const) : ('unconfirmed' as const));

/** Emergency closings that wait for a second person, and what was decided in the last day. */
export function listEmergencyClosings(runtime: Runtime): Handler<typeof ListEmergencyClosings> {
  return async () => {
    const now = runtime.clock.now();
    const { read } = runtime.database;
    const rows = await emergencies(read, new Date(now.getTime() - DAY_MS));
    const closings = [];
    for (const row of rows)
      closings.push({
        emergencyId: row.id,
        reason: row.reason,
        explanation: row.explanation,
        sessions: await sessionsNamed(read, row.sessionIds),
        sessionCount: row.sessionIds.length,
        people: row.people,
        closedBy: row.closedBy,
        closedAt: row.closedAt.toISOString(),
        confirmBy: row.confirmBy.toISOString(),
        state: stateOf(row, now),
        ...(row.decidedBy === null ? {} : { decidedBy: row.decidedBy }),
      });
    return ok({ closings });
  };
}
