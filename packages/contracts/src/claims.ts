import { z } from 'zod';
import { CASE_KINDS, FIELD_CLASSES, PURPOSES, ROLES } from './roles.ts';
import { Id, MunicipalityCode, VenueCode } from './shapes.ts';

const seconds = z.int().nonnegative();

/**
 * Who acts, signed by `staff` for people and phone agents, or by a service for itself (role
 * `service`, `sub` = the service's name). Times are seconds since the epoch, as in RFC 7519.
 */
export const ActorClaims = z.strictObject({
  iss: z.string(),
  sub: z.string(),
  jti: z.string(),
  iat: seconds,
  exp: seconds,
  role: z.enum(ROLES),
  municipalityCode: MunicipalityCode,
  organisation: z.string(),
  sessionId: z.string().optional(),
  terminalId: z.string().optional(),
  terminalEnrolled: z.boolean(),
  withinHours: z.boolean(),
  extension: z.string().optional(),
  policyVersion: z.string(),
  /** Where somebody of role `venue-staff` works today; nowhere when absent. */
  venueCodes: z.array(VenueCode).max(50).optional(),
  /** When the person last gave a fresh second factor. */
  stepUpAt: seconds.optional(),
});
export type ActorClaims = z.infer<typeof ActorClaims>;

/** That a case is open and whose it is, signed by `calls`. */
export const CasePermitClaims = z.strictObject({
  iss: z.literal('calls'),
  jti: z.string(),
  iat: seconds,
  exp: seconds,
  caseId: Id,
  kind: z.enum(CASE_KINDS),
  operatorId: z.string(),
  municipalityCode: MunicipalityCode,
  /** HMAC-SHA256 (base64url) of the normalised calling number; absent when withheld. */
  callerNumberDigest: z.string().optional(),
  /** The same of a contact to which a one-time code was sent that came back; for cases on the web. */
  provenContactDigest: z.string().optional(),
  /** True once the case was referred to the supervisor desk and taken there. */
  atDesk: z.boolean(),
  /** Whom the work item of the case is about; nobody else is verified for `outreach`. */
  residents: z.array(Id).max(50).optional(),
});
export type CasePermitClaims = z.infer<typeof CasePermitClaims>;

/** What may be done with whom, signed by `registry` after verification. Lives five minutes. */
export const GrantClaims = z.strictObject({
  iss: z.literal('registry'),
  jti: z.string(),
  iat: seconds,
  exp: seconds,
  caseId: Id,
  operatorId: z.string(),
  role: z.enum(ROLES),
  municipalityCode: MunicipalityCode,
  residents: z.array(Id).min(1).max(50),
  purposes: z.array(z.enum(PURPOSES)).min(1),
  classes: z.record(z.enum(FIELD_CLASSES), z.enum(['show', 'mask', 'none'])),
  /** Second person's approval, where the way to this grant asked for one. */
  approvalId: Id.optional(),
});
export type GrantClaims = z.infer<typeof GrantClaims>;

/** Longest lifetimes of the three tokens, milliseconds. */
export const TOKEN_LIFETIME_MS = { actor: 300_000, permit: 300_000, grant: 300_000 } as const;
