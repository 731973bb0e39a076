import { tokyoDate, tokyoTime } from '@madoguchi/kernel';
import type { ReadSession } from './session-row.ts';
import { SESSION_COLUMNS } from './session-row.ts';

/** A cell that no spreadsheet runs as a formula; reading takes the mark off again. */
const guarded = (text: string): string => (/^[=+\-@\t\r\n]/u.test(text) ? `'${text}` : text);
const cell = (text: string): string => {
  const safe = guarded(text);
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** Takes the mark off that writing put before a formula. */
export const unguarded = (text: string): string =>
  /^'[=+\-@\t\r\n]/u.test(text) ? text.slice(1) : text;

const instant = (at: Date | null): string =>
  at === null ? '' : `${tokyoDate(at)} ${tokyoTime(at)}`;

function cellsOf({ pattern, ...session }: ReadSession & { state: string }): string[] {
  const { quotas } = pattern;
  return [
    session.venueCode,
    session.day,
    session.productCode,
    pattern.startsAt,
    pattern.endsAt,
    String(pattern.slotMinutes),
    pattern.gaps.map(({ from, to }) => `${from}-${to}`).join(';'),
    String(pattern.capacity),
    String(pattern.extraAtStart),
    String(quotas.phone),
    String(quotas.web),
    String(quotas.staff),
    String(quotas['walk-in']),
    instant(session.opensAt),
    instant(session.closesAt),
    session.state === 'open' ? '受付中' : '休止',
  ];
}

/** Sessions as the file that can be read again; the last column is for people, and is ignored then. */
export function sessionsCsv(sessions: readonly (ReadSession & { state: string })[]): string {
  const lines = [[...Object.keys(SESSION_COLUMNS), '状態'], ...sessions.map(cellsOf)];
  return lines.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}
