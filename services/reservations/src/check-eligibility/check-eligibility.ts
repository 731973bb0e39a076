import type { checkEligibility as CheckEligibility } from '@madoguchi/contracts';
import type { CalendarDate } from '@madoguchi/kernel';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { reasonsAgainst } from '../domain/eligibility.ts';
import { reasonSentence } from '../domain/reason-sentence.ts';
import { mayLookForSeats } from '../domain/purposes.ts';
import { findPerson } from '../store/person-store.ts';
import { readRulebook } from '../store/rulebook-store.ts';

/** Every reason for and against a dose of a product on a day, evaluated for that day. */
export function checkEligibility(runtime: Runtime): Handler<typeof CheckEligibility> {
  return async (request, context) => {
    if (!mayLookForSeats(context.grant?.purposes ?? [])) return refuse('purpose_not_allowed');
    return runtime.database.transaction(context.who, async (tx) => {
      const person = await findPerson(tx.query, request.residentId);
      if (!person) return refuse('copy_stale');
      const reasons = reasonsAgainst(
        person,
        { ...request, date: request.date as CalendarDate },
        await readRulebook(tx.query, runtime.clock.now()),
      );
      tx.audit({
        action: 'disclosure',
        operation: 'reservations.check-eligibility',
        outcome: 'done',
        residents: [request.residentId],
        fieldClasses: ['birth', 'dose'],
      });
      return ok({ eligible: reasons.length === 0, reasons: reasons.map(reasonSentence) });
    });
  };
}
