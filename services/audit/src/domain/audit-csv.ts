import type { AuditEntry } from '@madoguchi/contracts';

/** Columns of the log as CSV, in this order. */
export const AUDIT_COLUMNS = [
  'position',
  'at',
  'writer',
  'lane',
  'seq',
  'action',
  'operation',
  'outcome',
  'actorId',
  'role',
  'organisation',
  'terminalId',
  'sessionId',
  'caseId',
  'purpose',
  'residents',
  'fieldClasses',
  'detail',
  'correlationId',
  'hash',
] as const;

/** A cell that a spreadsheet neither runs as a formula nor breaks at. */
function cell(value: unknown): string {
  let text = JSON.stringify(value ?? '');
  if (typeof value === 'string') text = value;
  else if (Array.isArray(value)) text = value.join(' ');
  else if (value === undefined) text = '';
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One entry as a line of CSV, without its end. */
export function auditCsvLine(entry: AuditEntry, place: { position: number; hash: string }): string {
  const values: Record<string, unknown> = { ...entry, ...place };
  return AUDIT_COLUMNS.map((column) => cell(values[column])).join(',');
}
