import type { Query } from '@madoguchi/database';

export type LedgerEntry = {
  entryId: string;
  residentId: string;
  ticketId: string;
  entry: 'issued' | 'voided' | 'used';
  ticketNumber: string;
  doseNumber: number;
  reason: string | null;
  enteredAt: Date;
};

/** Adds entries; one that stands already is left as it is. Entries are never changed. */
export async function addEntries(query: Query, entries: readonly LedgerEntry[]): Promise<number> {
  const rows = await query(
    `INSERT INTO ticket_ledger_entry (id, resident_id, ticket_id, entry, ticket_number, dose_number,
       reason, entered_at)
     SELECT "entryId", "residentId", "ticketId", entry, "ticketNumber", "doseNumber", reason,
       "enteredAt"
     FROM jsonb_to_recordset($1::jsonb) AS e("entryId" uuid, "residentId" uuid, "ticketId" uuid,
       entry text, "ticketNumber" text, "doseNumber" int, reason text, "enteredAt" timestamptz)
     ON CONFLICT (ticket_id, entry) DO NOTHING RETURNING id`,
    [JSON.stringify(entries)],
  );
  return rows.length;
}

/** Newest first. */
export function entriesOfResident(query: Query, residentId: string): Promise<LedgerEntry[]> {
  return query<LedgerEntry>(
    `SELECT id AS "entryId", resident_id AS "residentId", ticket_id AS "ticketId", entry,
       ticket_number AS "ticketNumber", dose_number AS "doseNumber", reason,
       entered_at AS "enteredAt"
     FROM ticket_ledger_entry WHERE resident_id = $1::uuid ORDER BY entered_at DESC, id DESC`,
    [residentId],
  );
}

/** Whose tickets these numbers are, as the ledger has them. */
export async function residentsOfTickets(
  query: Query,
  ticketNumbers: readonly string[],
): Promise<Map<string, string>> {
  const rows = await query<{ ticketNumber: string; residentId: string }>(
    `SELECT DISTINCT ticket_number AS "ticketNumber", resident_id AS "residentId"
     FROM ticket_ledger_entry WHERE ticket_number = ANY($1::text[])`,
    [ticketNumbers],
  );
  return new Map(rows.map((row) => [row.ticketNumber, row.residentId]));
}
