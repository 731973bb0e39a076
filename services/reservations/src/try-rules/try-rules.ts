import type { tryRules as TryRules, RequestOf } from '@madoguchi/contracts';
import type { CalendarDate } from '@madoguchi/kernel';
import { ok } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import type { Person } from '../domain/eligibility.ts';
import { evaluate } from '../domain/eligibility.ts';
import { nextDose, numberDoses } from '../domain/number-doses.ts';
import { reasonSentence } from '../domain/reason-sentence.ts';
import type { Rulebook } from '../domain/rulebook.ts';
import { readRulebook } from '../store/rulebook-store.ts';

type Request = RequestOf<typeof TryRules>;

/** Somebody of this birth date and these doses, who has always lived here and booked nothing. */
const inventedPerson = (request: Request, rules: Rulebook): Person => ({
  dateOfBirth: request.dateOfBirth as CalendarDate,
  residency: [{ from: '0001-01-01' as CalendarDate, to: null }],
  doses: numberDoses(
    request.doses.map((dose) => ({ ...dose, date: dose.date as CalendarDate })),
    rules,
  ),
  bookings: [],
  groups: request.groups,
});

/** Asks the rules about nobody: no resident is looked at, and none is named in the answer. */
export function tryRules(runtime: Pick<Runtime, 'database'>): Handler<typeof TryRules> {
  return async (request) => {
    const rules = await readRulebook(runtime.database.read);
    const person = inventedPerson(request, rules);
    const { productCode, programmeCode } = request;
    const doseNumber = request.doseNumber ?? nextDose(person, request, rules);
    const judged = evaluate(
      person,
      {
        doseNumber,
        productCode,
        date: request.date as CalendarDate,
        ...(programmeCode === undefined ? {} : { programmeCode }),
      },
      rules,
    );
    return ok({
      eligible: judged.reasons.length === 0,
      doseNumber,
      reasons: judged.reasons.map((reason) => ({
        ...reasonSentence(reason),
        ...(reason.earliest === undefined ? {} : { earliest: reason.earliest }),
      })),
      ...(judged.rule ? { rule: judged.rule } : {}),
      otherVaccineRules: judged.otherVaccineRules,
      priorityGroups: judged.priorityGroups,
      version: rules.version,
    });
  };
}
