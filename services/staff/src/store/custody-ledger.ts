import type { RequestOf, recordCustody } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import type { PrismaClient } from '../generated/client.ts';

export type NewCustodyEntry = {
  id: string;
  at: Date;
  enteredBy: string;
  handOver: RequestOf<typeof recordCustody>;
};

export async function addCustodyEntry(query: Query, entry: NewCustodyEntry): Promise<void> {
  const { handOver } = entry;
  await query(
    `INSERT INTO custody_entry (id, at, entered_by, direction, what, records, medium, from_party, to_party, purpose)
     VALUES ($1::uuid, $2, $3::uuid, $4, $5, $6, $7, $8, $9, $10)`,
    [
      entry.id,
      entry.at,
      entry.enteredBy,
      handOver.direction,
      handOver.what,
      handOver.records,
      handOver.medium,
      handOver.from,
      handOver.to,
      handOver.purpose ?? null,
    ],
  );
}

/** Entries newest first, each with the name of who entered it. */
export async function custodyEntries(
  prisma: PrismaClient,
  wanted: { cursor?: string | undefined; limit: number },
) {
  // Ids are UUIDv7, so they sort by time and serve as the cursor.
  const rows = await prisma.custodyEntry.findMany({
    orderBy: { id: 'desc' },
    take: wanted.limit,
    ...(wanted.cursor === undefined ? {} : { where: { id: { lt: wanted.cursor } } }),
  });
  const workers = await prisma.worker.findMany({
    where: { id: { in: rows.map((row) => row.enteredBy) } },
    select: { id: true, displayName: true },
  });
  const names = new Map(workers.map((worker) => [worker.id, worker.displayName]));
  return rows.map((row) => ({ ...row, enteredByName: names.get(row.enteredBy) ?? '' }));
}
