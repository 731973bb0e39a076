import { z } from 'zod';
import { FIELD_CLASSES, PURPOSES, ROLES } from './roles.ts';
import { Id, Instant, MunicipalityCode } from './shapes.ts';

export const AUDIT_ACTIONS = [
  'search',
  'verification',
  'verification-refused',
  'disclosure',
  'change',
  'refusal',
  'sign-in',
  'sign-out',
  'sign-in-refused',
  'step-up',
  'approval',
  'custody',
  'print',
  'import',
  'case',
  'administration',
  'misuse-suspected',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** What a transaction says of itself; who and why are added from its `Who`. */
export const AuditEntryInput = z.strictObject({
  action: z.enum(AUDIT_ACTIONS),
  /** Operation or job, e.g. `registry.verify-person`. */
  operation: z.string(),
  outcome: z.enum(['done', 'refused', 'failed']),
  /** Opaque resident ids; never a name or a number of theirs. */
  residents: z.array(Id).max(1000).default([]),
  fieldClasses: z.array(z.enum(FIELD_CLASSES)).default([]),
  purpose: z.enum(PURPOSES).optional(),
  /** Shape of a search or verification (`['name','birth']`), counts, refusal codes, ids of ours. */
  detail: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]))
    .default({}),
});
export type AuditEntryInput = z.input<typeof AuditEntryInput>;

/** One entry as its writer numbered it: gapless `seq` in each `lane` of a `writer`. */
export const AuditEntry = AuditEntryInput.extend({
  id: Id,
  writer: z.string(),
  /** 0 for what was written before there were several. */
  lane: z.int().min(0).default(0),
  seq: z.int().positive(),
  at: Instant,
  municipalityCode: MunicipalityCode,
  actorId: z.string(),
  role: z.enum(ROLES),
  organisation: z.string().optional(),
  terminalId: z.string().optional(),
  sessionId: z.string().optional(),
  caseId: Id.optional(),
  policyVersion: z.string().optional(),
  correlationId: z.string(),
});
export type AuditEntry = z.output<typeof AuditEntry>;

/** Who acts in a transaction, and why; written into every audit row. */
export type Who = {
  municipalityCode: string;
  actorId: string;
  role: AuditEntry['role'];
  organisation?: string;
  terminalId?: string;
  sessionId?: string;
  caseId?: string;
  purpose?: AuditEntry['purpose'];
  policyVersion?: string;
  correlationId: string;
};
