import type { Transaction } from '@madoguchi/database';
import type { Refusal, Result } from '@madoguchi/kernel';
import { cp932Table, encodeCp932, ok, refuse } from '@madoguchi/kernel';
import { sessionsCsv } from '../domain/session-csv.ts';
import { findSessions } from '../store/session-store.ts';

/** As many as `import-sessions` takes in one file. */
const MOST_SESSIONS = 5_000;

export type SessionsWanted = {
  venueCode: string | undefined;
  /** Days from and to, both included. */
  from: string;
  to: string;
  encoding: 'cp932' | 'utf-8';
};

export type SessionsFile = {
  bytes: Uint8Array;
  rows: number;
  /** Of these; the file says so, and reading it opens them like the others. */
  closed: number;
};

/** Sessions as the file that `import-sessions` takes: CP932, or UTF-8 with a mark. No person is in it. */
export async function sessionsFile(
  tx: Transaction,
  wanted: SessionsWanted,
): Promise<Result<SessionsFile, Refusal<'session_not_found' | 'sessions_too_many'>>> {
  const { venueCode, from, to, encoding } = wanted;
  const filter = { venueCode, from, to, state: undefined, after: undefined };
  const found = await findSessions(tx.query, { ...filter, limit: MOST_SESSIONS + 1 });
  tx.audit({
    action: 'administration',
    operation: 'reservations.export-sessions',
    outcome: found.length > MOST_SESSIONS ? 'refused' : 'done',
    detail: { from, to, rows: found.length },
  });
  if (found.length === 0) return refuse('session_not_found');
  if (found.length > MOST_SESSIONS) return refuse('sessions_too_many', { most: MOST_SESSIONS });
  const text = sessionsCsv(found);
  // Codes, times and our own words: CP932 has all of them.
  const bytes =
    encoding === 'cp932' ? encodeCp932(text, cp932Table()).bytes : Buffer.from(`\ufeff${text}`);
  const closed = found.filter(({ state }) => state === 'closed').length;
  return ok({ bytes, rows: found.length, closed });
}
