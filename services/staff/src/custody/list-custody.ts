import type { listCustody as ListCustody } from '@madoguchi/contracts';
import { isId, ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import type { PrismaClient } from '../generated/client.ts';

/** The custody ledger, newest first. */
export function listCustody(runtime: Runtime<PrismaClient>): Handler<typeof ListCustody> {
  return async (request) => {
    if (request.cursor !== undefined && !isId(request.cursor))
      return refuse('malformed_request', { items: ['cursor'] });
    // Ids are UUIDv7, so they sort by time and serve as the cursor.
    const rows = await runtime.database.prisma.custodyEntry.findMany({
      orderBy: { id: 'desc' },
      take: request.limit,
      ...(request.cursor === undefined ? {} : { where: { id: { lt: request.cursor } } }),
    });
    const workers = await runtime.database.prisma.worker.findMany({
      where: { id: { in: rows.map((row) => row.enteredBy) } },
      select: { id: true, displayName: true },
    });
    const names = new Map(workers.map((worker) => [worker.id, worker.displayName]));
    const last = rows.at(-1);
    return ok({
      entries: rows.map((row) => ({
        entryId: row.id,
        at: row.at.toISOString(),
        enteredBy: row.enteredBy,
        enteredByName: names.get(row.enteredBy) ?? '',
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
