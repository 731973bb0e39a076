import { z } from 'zod';
import { defineOperation } from './operation.ts';
import { ADMINISTERING_SESSIONS } from './reservation-sessions.ts';
import { daysInOrder, FileBytes, IsoDate, RefusedRow, VenueCode } from './shapes.ts';

const ENCODINGS = ['cp932', 'utf-8'] as const;

export const importSessions = defineOperation({
  service: 'reservations',
  name: 'import-sessions',
  kind: 'command',
  summary: 'Opens the sessions of a CSV (CP932 or UTF-8): all, or none and every fault by line.',
  request: z.strictObject({ fileBase64: FileBytes, dryRun: z.boolean().default(false) }),
  reply: z.strictObject({
    encoding: z.enum(ENCODINGS),
    rows: z.int().min(0),
    opened: z.int().min(0),
    slots: z.int().min(0),
    ignoredColumns: z.array(z.string()),
    refused: z.array(RefusedRow),
  }),
  refusals: ['import_refused'],
  allow: ADMINISTERING_SESSIONS,
  needs: 'nothing',
  idempotent: true,
  timeLimitMs: 30_000,
});

export const exportSessions = defineOperation({
  service: 'reservations',
  name: 'export-sessions',
  kind: 'query',
  summary: 'Sessions as the CSV that import-sessions takes.',
  request: z
    .strictObject({
      venueCode: VenueCode.optional(),
      from: IsoDate,
      to: IsoDate,
      encoding: z.enum(ENCODINGS).default('cp932'),
    })
    .refine(...daysInOrder),
  reply: z.strictObject({ fileBase64: z.string(), rows: z.int().min(0) }),
  refusals: ['session_not_found', 'sessions_too_many'],
  allow: ADMINISTERING_SESSIONS,
  needs: 'nothing',
});

export const sessionFilesOperations = [importSessions, exportSessions] as const;
