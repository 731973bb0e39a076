import { z } from 'zod';
import { AuditEntry } from './audit-entry.ts';
import { defineOperation } from './operation.ts';
import { Cursor, Id, Instant } from './shapes.ts';

/** An entry with its place in the chain; hashes in lower-case hexadecimal. */
export const ChainedAuditEntry = AuditEntry.extend({
  position: z.int().positive(),
  hash: z.string(),
});

export const listAuditEntries = defineOperation({
  service: 'audit',
  name: 'list-entries',
  kind: 'query',
  summary:
    'Entries by case, resident, operator and time, oldest first; the look itself is audited.',
  request: z.strictObject({
    caseId: Id.optional(),
    residentId: Id.optional(),
    operatorId: z.string().max(100).optional(),
    from: Instant.optional(),
    to: Instant.optional(),
    limit: z.int().min(1).max(500).default(100),
    cursor: Cursor.optional(),
  }),
  reply: z.strictObject({ entries: z.array(ChainedAuditEntry), nextCursor: Cursor.optional() }),
  refusals: [],
  allow: ['senior-operator', 'city-staff', 'operations-manager', 'auditor'],
  needs: 'nothing',
});

export const AuditFinding = z.strictObject({
  kind: z.enum(['tamper', 'gap', 'reorder', 'duplicate']),
  position: z.int().positive(),
  writer: z.string().optional(),
  sentence: z.string(),
});

export const verifyAuditLog = defineOperation({
  service: 'audit',
  name: 'verify-log',
  kind: 'query',
  summary: 'Walks the whole chain and says whether, and where, it is broken.',
  request: z.strictObject({}),
  reply: z.strictObject({
    whole: z.boolean(),
    entries: z.int(),
    head: z.string(),
    findings: z.array(AuditFinding),
  }),
  refusals: [],
  allow: ['senior-operator', 'city-staff', 'auditor'],
  needs: 'nothing',
  timeLimitMs: 30_000,
});

export const auditOperations = [listAuditEntries, verifyAuditLog] as const;

/**
 * How audit entries travel from a service's own table: JetStream subject per writer, up to 500
 * entries a message, as JSON `{ entries: AuditEntry[] }`. No event of the catalog, since every
 * service writes it and only audit reads it.
 */
export const auditSubject = (writer: string): string => `ev.${writer}.audit.recorded.v1`;
export const AuditBatch = z.strictObject({ entries: z.array(AuditEntry).min(1).max(500) });
