import { AuditEntry } from '@madoguchi/contracts';
import type { Who } from '@madoguchi/contracts';
import type { Database } from '@madoguchi/database';
import { AUDIT_COLUMNS, auditCsvLine } from '../domain/audit-csv.ts';
import { fhirAuditEvent } from '../domain/fhir-audit-event.ts';
import type { LogRange } from '../store/read-log.ts';
import { extentOf, pageOfRange } from '../store/read-log.ts';

export const EXPORT_FORMATS = ['fhir', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export type ExportWanted = LogRange & {
  database: Database;
  who: Who;
  format: ExportFormat;
  onProgress?: (entries: number) => void;
  /** Before the first line. */
  onTotal?: (entries: number) => void;
};

const LINES: Record<
  ExportFormat,
  (entry: AuditEntry, place: { position: number; hash: string }) => string
> = {
  fhir: (entry, place) => JSON.stringify(fhirAuditEvent(entry, place)),
  csv: auditCsvLine,
};

/**
 * The log, oldest first, as text in pieces: FHIR R4 AuditEvents as NDJSON, or CSV (UTF-8, CRLF). The
 * export is entered in the log before the first line leaves; what is entered later is not in it.
 */
export async function* exportLog(wanted: ExportWanted): AsyncGenerator<string> {
  const { database, who, format } = wanted;
  const { last, entries } = await database.transaction(who, async (tx) => {
    const found = await extentOf(tx.query, wanted);
    tx.audit({
      action: 'administration',
      operation: 'audit.export-log',
      outcome: 'done',
      detail: {
        format,
        entries: found.entries,
        ...(wanted.from ? { from: wanted.from.toISOString() } : {}),
        ...(wanted.to ? { to: wanted.to.toISOString() } : {}),
      },
    });
    return found;
  });
  wanted.onTotal?.(entries);
  if (format === 'csv') yield `\u{feff}${AUDIT_COLUMNS.join(',')}\r\n`;
  const end = format === 'csv' ? '\r\n' : '\n';
  let after = 0;
  while (after < last) {
    const rows = await pageOfRange(database.read, wanted, { after, last });
    if (rows.length === 0) return;
    yield rows
      .map(({ position, entry, hash }) => {
        const place = { position: Number(position), hash };
        return LINES[format](AuditEntry.parse(JSON.parse(entry)), place) + end;
      })
      .join('');
    after = Number(rows.at(-1)?.position ?? last);
    wanted.onProgress?.(rows.length);
  }
}
