import type { listAuditEntries as ListAuditEntries } from '@madoguchi/contracts';
import { AuditEntry } from '@madoguchi/contracts';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { findEntries } from '../store/read-log.ts';

/** Entries by case, resident, operator and time, oldest first; the look itself is audited. */
export function listEntries(runtime: Runtime): Handler<typeof ListAuditEntries> {
  return async (request, context) => {
    const after = Number(request.cursor ?? 0);
    if (!Number.isSafeInteger(after) || after < 0)
      return refuse('malformed_request', { items: ['cursor'] });
    const rows = await runtime.database.transaction(context.who, async (tx) => {
      const found = await findEntries(tx.query, request, after);
      tx.audit({
        action: 'search',
        operation: 'audit.list-entries',
        outcome: 'done',
        residents: request.residentId === undefined ? [] : [request.residentId],
        detail: {
          rows: found.length,
          ...(request.caseId === undefined ? {} : { ofCase: request.caseId }),
          ...(request.operatorId === undefined ? {} : { ofOperator: request.operatorId }),
        },
      });
      return found;
    });
    const entries = rows.map((row) => ({
      ...AuditEntry.parse(JSON.parse(row.entry)),
      position: Number(row.position),
      hash: row.hash,
    }));
    const last = rows.at(-1);
    return ok({
      entries,
      ...(last && rows.length === request.limit ? { nextCursor: last.position } : {}),
    });
  };
}
