import type { listDoses as ListDoses } from '@madoguchi/contracts';
import { DoseView } from '@madoguchi/contracts';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import { classesShown, project } from '@madoguchi/policy';
import type { Runtime } from '@madoguchi/service';
import { dosesOfResident } from '../store/dose-store.ts';

/** Doses given to the resident of a grant, oldest first; audited before they leave. */
export function listDoses(runtime: Pick<Runtime, 'database'>): Handler<typeof ListDoses> {
  return async (request, context) => {
    const { grant } = context;
    const purpose = grant?.purposes[0];
    if (!grant || !purpose) return refuse('grant_required');
    // An empty list would say that there was no dose.
    if (grant.classes.dose === 'none') return refuse('purpose_not_allowed');
    return runtime.database.transaction({ ...context.who, purpose }, async (tx) => {
      const rows = await dosesOfResident(tx.query, request.residentId);
      const doses = rows.map((row) => project(DoseView, row, grant.classes));
      const shown = doses.flatMap((view) => classesShown(DoseView, view));
      tx.audit({
        action: 'disclosure',
        operation: 'health-records.list-doses',
        outcome: 'done',
        residents: [request.residentId],
        fieldClasses: [...new Set(shown)] as never,
        detail: { count: doses.length },
      });
      return ok({ doses });
    });
  };
}
