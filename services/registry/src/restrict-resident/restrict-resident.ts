import type { restrictResident as RestrictResident } from '@madoguchi/contracts';
import { isReason } from '@madoguchi/contracts';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { protectHouseholds } from '../store/import-store.ts';
import { restrictPerson } from '../store/restriction-store.ts';
import { announce } from './announce.ts';
import { touch } from './touch.ts';

/** Closes a record provisionally, at once and with the household. Whoever is closed already stays so. */
export function restrictResident(runtime: Runtime): Handler<typeof RestrictResident> {
  return async (request, context) => {
    const { residentId, reason } = request;
    if (!context.grant) return refuse('grant_required');
    if (!isReason(reason)) return refuse('reason_too_short');
    const { MUNICIPALITY_CODE: municipalityCode } = runtime.config;
    const closed = await runtime.database.transaction(context.who, async (tx) => {
      const person = await restrictPerson(tx.query, municipalityCode, residentId);
      const household = person?.household ? [person.household] : [];
      const members = await protectHouseholds(tx.query, municipalityCode, household);
      announce(tx, person ? [person, ...members] : []);
      const touched = [residentId, ...members.map((one) => one.residentId)];
      tx.audit({
        action: 'change',
        operation: 'registry.restrict-resident',
        outcome: 'done',
        residents: touched,
        detail: { reason },
      });
      return touched;
    });
    touch(runtime, closed);
    return ok({ restricted: true as const });
  };
}
