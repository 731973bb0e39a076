import { z } from 'zod';
import { defineEvent } from './event.ts';
import { Id, IsoDate } from './shapes.ts';

/** Seats taken and given back in turn; confirmation numbers tried out. */
export const MISUSE_KINDS = ['hoarding', 'number-guessing'] as const;
export type MisuseKind = (typeof MISUSE_KINDS)[number];
/** What is counted together, a day at a time. */
export const BUDGET_SUBJECTS = ['case', 'resident', 'actor'] as const;
export type BudgetSubject = (typeof BUDGET_SUBJECTS)[number];

export const misuseSuspected = defineEvent({
  service: 'reservations',
  aggregate: 'misuse',
  fact: 'suspected',
  summary:
    'A budget of a case, a resident or an actor is used up for the day; supervisors are told.',
  payload: z.strictObject({
    suspicionId: Id,
    kind: z.enum(MISUSE_KINDS),
    per: z.enum(BUDGET_SUBJECTS),
    /** Id of the case, resident or actor. */
    subject: z.string(),
    day: IsoDate,
    used: z.int().positive(),
    most: z.int().min(0),
  }),
  encrypted: false,
});

export const misuseEvents = [misuseSuspected] as const;
