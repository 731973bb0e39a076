import { z } from 'zod';
import { defineOperation } from './operation.ts';
import { Cursor, Id, Instant, typedText } from './shapes.ts';

/** 受払簿: what was handed over, how many records, by what means. */
export const CustodyEntry = z.strictObject({
  direction: z.enum(['received', 'handed-over', 'returned', 'disposed']),
  what: typedText(200),
  records: z.int().min(0),
  medium: typedText(100),
  from: typedText(100),
  to: typedText(100),
  purpose: typedText(200).optional(),
});

export const recordCustody = defineOperation({
  service: 'staff',
  name: 'record-custody',
  kind: 'command',
  summary: 'Enters one hand-over into the custody ledger; entries are never changed.',
  request: CustodyEntry,
  reply: z.strictObject({ entryId: Id, at: Instant }),
  refusals: [],
  allow: ['senior-operator', 'city-staff', 'operations-manager', 'system-administrator'],
  needs: 'nothing',
  idempotent: true,
});

export const listCustody = defineOperation({
  service: 'staff',
  name: 'list-custody',
  kind: 'query',
  summary: 'The custody ledger, newest first.',
  request: z.strictObject({
    limit: z.int().min(1).max(200).default(50),
    cursor: Cursor.optional(),
  }),
  reply: z.strictObject({
    entries: z.array(
      CustodyEntry.extend({
        entryId: Id,
        at: Instant,
        enteredBy: z.string(),
        enteredByName: z.string(),
      }),
    ),
    nextCursor: Cursor.optional(),
  }),
  refusals: [],
  allow: ['senior-operator', 'city-staff', 'operations-manager', 'system-administrator', 'auditor'],
  needs: 'nothing',
});

export const custodyOperations = [recordCustody, listCustody] as const;
