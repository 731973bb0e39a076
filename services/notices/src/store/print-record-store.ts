import type { Query } from '@madoguchi/database';

export type PrintRecord = {
  printId: string;
  ticketId: string;
  printedBy: string;
  printedAt: Date;
  pages: number;
};

/** Enters a paper that was made; entries are added, never changed. */
export async function recordPrint(query: Query, print: PrintRecord): Promise<void> {
  await query(
    `INSERT INTO print_record (id, ticket_id, printed_by, printed_at, pages)
     VALUES ($1::uuid, $2::uuid, $3, $4, $5)`,
    [print.printId, print.ticketId, print.printedBy, print.printedAt, print.pages],
  );
}
