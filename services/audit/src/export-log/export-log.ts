import { AuditEntry } from '@madoguchi/contracts';
import type { Who } from '@madoguchi/contracts';
import type { Database } from '@madoguchi/database';
import { AUDIT_COLUMNS, auditCsvLine } from '../domain/audit-csv.ts';
import { fhirAuditEvent } from '../domain/fhir-audit-event.ts';

export const EXPORT_FORMATS = ['fhir', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export type ExportWanted = {
  database: Database;
  who: Who;
  format: ExportFormat;
  /** Half-open, by the entries' own time. */
  from?: Date | undefined;
  to?: Date | undefined;
  onProgress?: (entries: number) => void;
  /** Before the first line. */
  onTotal?: (entries: number) => void;
};

type Row = { position: string; entry: string; hash: string };

const PAGE = 2_000;
const IN_RANGE = `($1::timestamptz IS NULL OR at >= $1) AND ($2::timestamptz IS NULL OR at < $2)`;

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
  const range = [wanted.from ?? null, wanted.to ?? null];
  const { last, entries } = await database.transaction(who, async (tx) => {
    const [row] = await tx.query<{ last: string | null; n: string }>(
      `SELECT max(position) AS last, count(*) AS n FROM log_entry WHERE ${IN_RANGE}`,
      range,
    );
    const found = { last: Number(row?.last ?? 0), entries: Number(row?.n ?? 0) };
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
    const rows = await database.read<Row>(
      `SELECT position, entry, hash FROM log_entry
       WHERE position > $3 AND position <= $4 AND ${IN_RANGE} ORDER BY position LIMIT ${PAGE}`,
      [...range, after, last],
    );
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
