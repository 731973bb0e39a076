import { z } from 'zod';
import { CaseView, EarlierCaseView } from './calls.ts';
import { DoseView } from './health-records.ts';
import { TicketView } from './notices.ts';
import { ResidentView, verifyPerson } from './registry.ts';
import { ReservationView } from './reservations.ts';
import { PURPOSES } from './roles.ts';
import { Id, Instant } from './shapes.ts';

/** A part of the context: on its way, here, its owner away, or nothing of it for this purpose. */
const part = <S extends z.ZodType>(value: S) =>
  z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('loading') }),
    z.strictObject({ state: z.literal('ready'), value }),
    z.strictObject({ state: z.literal('unavailable') }),
    z.strictObject({ state: z.literal('not-shown') }),
  ]);

/** What is known of the verified person, limited by policy. */
export const VerifiedContext = z.strictObject({
  residentId: Id,
  purpose: z.enum(PURPOSES),
  grantExpiresAt: Instant,
  person: part(ResidentView.schema),
  reservations: part(z.array(ReservationView.schema)),
  doses: part(z.array(DoseView.schema)),
  tickets: part(z.array(TicketView.schema)),
  earlierCases: part(z.array(EarlierCaseView.schema)),
});

/** The last verification answer without the grant, which never leaves the server. */
export const VerificationState = verifyPerson.reply.omit({ grant: true, grantExpiresAt: true });

/**
 * The one document an operator's console shows: complete and already projected at every version.
 * The server sends it to that operator's socket only, and again after a reconnect.
 */
export const ContextDocument = z.strictObject({
  version: z.int().positive(),
  /** Absent while no call or case is on this desk. */
  case: CaseView.optional(),
  /** Whether the number is on record, computed without protected persons; absent when withheld. */
  numberOnRecord: z.boolean().optional(),
  verification: VerificationState.optional(),
  verified: VerifiedContext.optional(),
  /** Others whom the same caller speaks for, each verified by their own items. */
  party: z.array(VerifiedContext).optional(),
});
export type ContextDocument = z.infer<typeof ContextDocument>;
