import { z } from 'zod';
import { DoseRule, OtherVaccineRule, PriorityGroup } from './catalogue.ts';
import { defineOperation } from './operation.ts';
import { Code, DoseNumber, IsoDate, NearDay, Sentence } from './shapes.ts';

/** The rules asked about nobody: what an administrator or a caller's "what if" needs. */
export const tryRules = defineOperation({
  service: 'reservations',
  name: 'try-rules',
  kind: 'query',
  summary:
    'Every reason against a dose on a day for somebody of this birth date and these earlier doses, and the rules used; says nothing of a resident.',
  request: z.strictObject({
    dateOfBirth: NearDay,
    doses: z
      .array(
        z.strictObject({
          productCode: Code,
          date: NearDay,
          /** By order of dates within the series where absent. */
          doseNumber: DoseNumber.optional(),
        }),
      )
      .max(20)
      .default([]),
    /** Listed priority groups. */
    groups: z.array(Code).max(20).default([]),
    productCode: Code,
    date: NearDay,
    /** The next one of the series where absent. */
    doseNumber: DoseNumber.optional(),
    programmeCode: Code.optional(),
    /** The day on which the booking would be made; today where absent. */
    askedOn: NearDay.optional(),
  }),
  reply: z.strictObject({
    eligible: z.boolean(),
    doseNumber: DoseNumber,
    reasons: z.array(
      z.strictObject({
        code: z.string(),
        sentence: Sentence,
        /** First day of vaccination on which it no longer holds. */
        earliest: IsoDate.optional(),
        /** First day on which a booking is taken. */
        bookableFrom: IsoDate.optional(),
      }),
    ),
    rule: DoseRule.optional(),
    otherVaccineRules: z.array(OtherVaccineRule),
    priorityGroups: z.array(PriorityGroup),
    /** Version of the catalogue that was asked. */
    version: z.int().min(0),
  }),
  /** With `unknown`: the field of each code that the catalogue has not, and the code. */
  refusals: ['reference_unknown'],
  allow: [
    'operator',
    'senior-operator',
    'city-staff',
    'operations-manager',
    'system-administrator',
  ],
  needs: 'nothing',
});
