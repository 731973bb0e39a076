import type { listCustody as ListCustody } from '@madoguchi/contracts';
import { isId, ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import type { PrismaClient } from '../generated/client.ts';
import { custodyEntries } from '../store/custody-ledger.ts';

/** The custody ledger, newest first. */
export function listCustody(runtime: Runtime<PrismaClient>): Handler<typeof ListCustody> {
  return async (request) => {
    if (request.cursor !== undefined && !isId(request.cursor))
      return refuse('malformed_request', { items: ['cursor'] });
    const rows = await custodyEntries(runtime.database.prisma, request);
    const last = rows.at(-1);
    return ok({
      entries: rows.map((row) => ({
        entryId: row.id,
        at: row.at.toISOString(),
        enteredBy: row.enteredBy,
        enteredByName: row.enteredByName,
        direction: row.direction as 'received' | 'handed-over' | 'returned' | 'disposed',
        what: row.what,
        records: row.records,
        medium: row.medium,
        from: row.fromParty,
        to: row.toParty,
        ...(row.purpose === null ? {} : { purpose: row.purpose }),
      })),
      ...(last && rows.length === request.limit ? { nextCursor: last.id } : {}),
    });
  };
}
