import type { revealResident as RevealResident } from '@madoguchi/contracts';
import { ResidentView } from '@madoguchi/contracts';
import { ok, refuse, tokyoDate } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import { classesShown, project } from '@madoguchi/policy';
import type { Runtime } from '@madoguchi/service';
import { findResident } from '../store/resident-store.ts';

/** The resident of a grant, limited to what policy gives to role and purpose, audited before it leaves. */
export function revealResident(runtime: Runtime): Handler<typeof RevealResident> {
  return async (request, context) => {
    const { grant } = context;
    if (!grant) return refuse('grant_required');
    if (!grant.purposes.includes(request.purpose)) return refuse('purpose_not_allowed');
    const who = { ...context.who, purpose: request.purpose };
    return runtime.database.transaction(who, async (tx) => {
      const now = runtime.clock.now();
      const scope = { municipalityCode: runtime.config.MUNICIPALITY_CODE, today: tokyoDate(now) };
      const resident = await findResident(tx.query, scope, request.residentId);
      // Someone who became protected since the grant was signed is nobody to it.
      if (!resident || (resident.protected && grant.approvalId === undefined)) {
        tx.audit({
          action: 'refusal',
          operation: 'registry.reveal-resident',
          outcome: 'refused',
          residents: [request.residentId],
        });
        return refuse('not_found');
      }
      const view = project(ResidentView, resident, grant.classes);
      tx.audit({
        action: 'disclosure',
        operation: 'registry.reveal-resident',
        outcome: 'done',
        residents: [request.residentId],
        fieldClasses: classesShown(ResidentView, view) as never,
      });
      return ok({ resident: view });
    });
  };
}
