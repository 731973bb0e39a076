import type { tryRules as TryRules, RequestOf } from '@madoguchi/contracts';
import type { CalendarDate } from '@madoguchi/kernel';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import type { Person } from '../domain/eligibility.ts';
import { evaluate } from '../domain/eligibility.ts';
import { nextDose, numberDoses } from '../domain/number-doses.ts';
import { reasonSentence } from '../domain/reason-sentence.ts';
import type { Rulebook } from '../domain/rulebook.ts';
import { unknownCodes } from '../domain/unknown-codes.ts';
import { readRulebook } from '../store/rulebook-store.ts';

type Request = RequestOf<typeof TryRules>;
const EVER = '0001-01-01' as CalendarDate;

/** Somebody of this birth date, these doses and these lists, who has always lived here and booked nothing. */
const inventedPerson = (request: Request, rules: Rulebook): Person => ({
  dateOfBirth: request.dateOfBirth as CalendarDate,
  residency: [{ from: EVER, to: null }],
  doses: numberDoses(
    request.doses.map((dose) => ({ ...dose, date: dose.date as CalendarDate })),
    rules,
  ),
  bookings: [],
  groups: request.groups.map((groupCode) => ({ groupCode, from: EVER, to: null })),
});

/** Asks the rules about nobody: no resident is looked at, and none is named in the answer. */
export function tryRules(runtime: Pick<Runtime, 'database' | 'clock'>): Handler<typeof TryRules> {
  return async (request) => {
    const now = await readRulebook(runtime.database.read, runtime.clock.now());
    const rules = { ...now, askedOn: (request.askedOn ?? now.askedOn) as CalendarDate };
    const unknown = unknownCodes(request, rules);
    if (unknown.length > 0) return refuse('reference_unknown', { unknown });
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
      reasons: judged.reasons.map(({ code, ...days }) => ({
        ...reasonSentence({ code, ...days }),
        ...days,
      })),
      ...(judged.rule ? { rule: judged.rule } : {}),
      otherVaccineRules: judged.otherVaccineRules,
      priorityGroups: judged.priorityGroups,
      version: rules.version,
    });
  };
}
