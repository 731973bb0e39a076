import type { assignVenues, RequestOf } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import type { CalendarDate } from '@madoguchi/kernel';
import { ok, refuse, tokyoDate } from '@madoguchi/kernel';
import { venuesOn } from '../domain/venue-assignment.ts';
import { findWorkerByLogin } from './worker-store.ts';

/** Replaces the venues of a worker; their next actor token, within five minutes, has the new ones. */
export async function setVenues(
  tx: Transaction,
  request: RequestOf<typeof assignVenues>,
  now: Date,
) {
  const worker = await findWorkerByLogin(tx.query, request.login.toLowerCase());
  if (!worker) return refuse('worker_not_found');
  if (worker.role !== 'venue-staff') return refuse('not_venue_staff');
  const today = tokyoDate(now);
  const from = (request.from ?? today) as CalendarDate;
  const to = (request.to ?? null) as CalendarDate | null;
  const venueCodes = [...new Set(request.venueCodes)];
  await tx.query(`DELETE FROM venue_assignment WHERE worker_id = $1::uuid`, [worker.id]);
  await tx.query(
    `INSERT INTO venue_assignment (worker_id, venue_code, from_day, to_day)
     SELECT $1::uuid, code, $3::date, $4::date FROM unnest($2::text[]) AS code`,
    [worker.id, venueCodes, from, to],
  );
  tx.audit({
    action: 'administration',
    operation: 'staff.assign-venues',
    outcome: 'done',
    detail: { operatorId: worker.id, venueCodes, from, ...(to === null ? {} : { to }) },
  });
  const assigned = venueCodes.map((venueCode) => ({ venueCode, from, to }));
  return ok({ operatorId: worker.id, venueCodes: venuesOn(assigned, today) });
}
