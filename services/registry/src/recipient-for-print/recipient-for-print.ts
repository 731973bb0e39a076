import type { recipientForPrint as RecipientForPrint } from '@madoguchi/contracts';
import { ok, refuse, tokyoDate } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { findResident } from '../store/resident-store.ts';

/** Name and postal address for a paper that leaves the house now: residents of today only. */
export function recipientForPrint(runtime: Runtime): Handler<typeof RecipientForPrint> {
  return async (request, context) => {
    const { grant } = context;
    if (!grant) return refuse('grant_required');
    if (grant.classes.ticket !== 'show') return refuse('purpose_not_allowed');
    return runtime.database.transaction(context.who, async (tx) => {
      const scope = {
        municipalityCode: runtime.config.MUNICIPALITY_CODE,
        today: tokyoDate(runtime.clock.now()),
      };
      const resident = await findResident(tx.query, scope, request.residentId);
      const allowed =
        resident?.residentToday === true && (!resident.protected || grant.approvalId !== undefined);
      tx.audit({
        action: 'print',
        operation: 'registry.recipient-for-print',
        outcome: allowed ? 'done' : 'refused',
        residents: [request.residentId],
        fieldClasses: allowed ? ['name', 'birth', 'address'] : [],
      });
      if (!allowed) return refuse('destination_not_allowed');
      const { name, dateOfBirth, sex, postalCode, address, buildingLine } = resident;
      return ok({ name, dateOfBirth, sex, postalCode, address, buildingLine });
    });
  };
}
