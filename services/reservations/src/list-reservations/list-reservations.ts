import type { listReservations as ListReservations } from '@madoguchi/contracts';
import { ReservationView } from '@madoguchi/contracts';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import { project } from '@madoguchi/policy';
import type { Runtime } from '@madoguchi/service';
import { reservationsOf } from '../store/reservation-store.ts';

/** Bookings of the resident of a grant, newest first; audited before they leave. */
export function listReservations(runtime: Runtime): Handler<typeof ListReservations> {
  return async (request, context) => {
    const { grant } = context;
    if (!grant) return refuse('grant_required');
    const rows = await runtime.database.transaction(context.who, async (tx) => {
      const found = await reservationsOf(tx.query, request.residentId);
      tx.audit({
        action: 'disclosure',
        operation: 'reservations.list-reservations',
        outcome: 'done',
        residents: [request.residentId],
        fieldClasses: grant.classes.booking === 'none' ? [] : ['booking'],
        purpose: grant.purposes[0],
        detail: { rows: found.length },
      });
      return found;
    });
    return ok({ reservations: rows.map((row) => project(ReservationView, row, grant.classes)) });
  };
}
