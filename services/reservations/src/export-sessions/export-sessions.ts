import type { exportSessions as ExportSessions } from '@madoguchi/contracts';
import { cp932Table, encodeCp932, ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { sessionsCsv } from '../domain/session-csv.ts';
import { findSessions } from '../store/session-store.ts';

const MOST_SESSIONS = 5_000;

/** Sessions as the file that `import-sessions` takes; no person is in it. */
export function exportSessions(runtime: Runtime): Handler<typeof ExportSessions> {
  return async (request, context) => {
    const { venueCode, from, to, encoding } = request;
    const rows = await runtime.database.transaction(context.who, async (tx) => {
      const filter = { venueCode, from, to, state: undefined, after: undefined };
      const found = await findSessions(tx.query, { ...filter, limit: MOST_SESSIONS });
      tx.audit({
        action: 'administration',
        operation: 'reservations.export-sessions',
        outcome: 'done',
        detail: { from, to, rows: found.length },
      });
      return found;
    });
    if (rows.length === 0) return refuse('session_not_found');
    const text = sessionsCsv(rows);
    // Codes, times and our own words: CP932 has all of them.
    const bytes =
      encoding === 'cp932' ? encodeCp932(text, cp932Table()).bytes : Buffer.from(`\ufeff${text}`);
    return ok({ fileBase64: Buffer.from(bytes).toString('base64'), rows: rows.length });
  };
}
