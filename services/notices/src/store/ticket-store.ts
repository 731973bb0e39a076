import type { TicketCopy } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import type { ReissueReason } from '../domain/decide-reissue.ts';
import { ticketNumberOf } from '../domain/ticket-number.ts';
import type { TicketState } from '../domain/ticket-state.ts';

export type Ticket = {
  ticketId: string;
  municipalityCode: string;
  ticketNumber: string;
  residentId: string;
  doseNumber: number;
  state: TicketState;
  issuedAt: Date;
  voidedAt: Date | null;
  reissueReason: ReissueReason | null;
  replaces: string | null;
  version: number;
};

export type TicketToIssue = { residentId: string; doseNumber: number };

const COLUMNS = /* sql */ `
id AS "ticketId", municipality_code AS "municipalityCode", ticket_number AS "ticketNumber",
resident_id AS "residentId", dose_number AS "doseNumber", state, issued_at AS "issuedAt",
voided_at AS "voidedAt", reissue_reason AS "reissueReason", replaces, version`;

/** Newest first. Ids are UUIDv7, so they tell tickets of the same instant apart. */
export function ticketsOfResident(query: Query, residentId: string): Promise<Ticket[]> {
  return query<Ticket>(
    `SELECT ${COLUMNS} FROM ticket WHERE resident_id = $1::uuid ORDER BY issued_at DESC, id DESC`,
    [residentId],
  );
}

export async function findTicket(
  query: Query,
  of: { residentId: string; ticketId: string },
): Promise<Ticket | undefined> {
  const rows = await query<Ticket>(
    `SELECT ${COLUMNS} FROM ticket WHERE id = $1::uuid AND resident_id = $2::uuid`,
    [of.ticketId, of.residentId],
  );
  return rows[0];
}

/** Live tickets that no paper was made of yet, oldest first. */
export function unprintedTickets(
  query: Query,
  of: { municipalityCode: string; limit: number },
): Promise<Ticket[]> {
  return query<Ticket>(
    `SELECT ${COLUMNS} FROM ticket t
     WHERE municipality_code = $1 AND state = 'issued'
       AND NOT EXISTS (SELECT 1 FROM print_record p WHERE p.ticket_id = t.id)
     ORDER BY id LIMIT $2`,
    [of.municipalityCode, of.limit],
  );
}

/** One at a time per resident: two reissues at once see each other's outcome. */
export async function lockTicketsOf(query: Query, residentId: string): Promise<void> {
  await query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 11))`, [residentId]);
}

/** Reissues of this resident since an instant, the start of the day in Tokyo. */
export async function countReissues(
  query: Query,
  of: { residentId: string; since: Date },
): Promise<number> {
  const [row] = await query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ticket
     WHERE resident_id = $1::uuid AND replaces IS NOT NULL AND issued_at >= $2`,
    [of.residentId, of.since],
  );
  return row?.count ?? 0;
}

/** Takes the next numbers of a municipality; a number taken and not used is never given again. */
export async function takeTicketNumbers(
  query: Query,
  wanted: { municipalityCode: string; count: number },
): Promise<string[]> {
  const [row] = await query<{ first: string }>(
    `INSERT INTO ticket_number_counter AS c (municipality_code, next) VALUES ($1, 1 + $2::bigint)
     ON CONFLICT (municipality_code) DO UPDATE SET next = c.next + $2::bigint
     RETURNING (next - $2::bigint)::text AS first`,
    [wanted.municipalityCode, wanted.count],
  );
  const first = BigInt(row?.first ?? 0);
  return Array.from({ length: wanted.count }, (_, i) => ticketNumberOf(first + BigInt(i)));
}

/** Of these, the ones whose resident and dose have no live ticket, in the order of their residents. */
export function withoutLiveTicket(
  query: Query,
  wanted: readonly TicketToIssue[],
): Promise<TicketToIssue[]> {
  return query<TicketToIssue>(
    `SELECT DISTINCT w."residentId", w."doseNumber"
     FROM jsonb_to_recordset($1::jsonb) AS w("residentId" uuid, "doseNumber" int)
     WHERE NOT EXISTS (SELECT FROM ticket t WHERE t.resident_id = w."residentId"
       AND t.dose_number = w."doseNumber" AND t.state = 'issued')
     ORDER BY w."residentId", w."doseNumber"`,
    [JSON.stringify(wanted)],
  );
}

/** Voids a live ticket; false when it was not live any more. */
export async function voidTicket(query: Query, ticketId: string, at: Date): Promise<boolean> {
  const rows = await query(
    `UPDATE ticket SET state = 'void', voided_at = $2, version = version + 1
     WHERE id = $1::uuid AND state = 'issued' RETURNING id`,
    [ticketId, at],
  );
  return rows.length === 1;
}

/**
 * Writes new tickets; those whose resident and dose have a live ticket already are left out.
 * Returns the ids that were written.
 */
export async function insertTickets(query: Query, tickets: readonly Ticket[]): Promise<string[]> {
  const rows = await query<{ id: string }>(
    `INSERT INTO ticket (id, municipality_code, ticket_number, resident_id, dose_number, state,
       issued_at, reissue_reason, replaces, version)
     SELECT "ticketId", "municipalityCode", "ticketNumber", "residentId", "doseNumber", state,
       "issuedAt", "reissueReason", replaces, version
     FROM jsonb_to_recordset($1::jsonb) AS t("ticketId" uuid, "municipalityCode" text,
       "ticketNumber" text, "residentId" uuid, "doseNumber" int, state text,
       "issuedAt" timestamptz, "reissueReason" text, replaces uuid, version int)
     ON CONFLICT (resident_id, dose_number) WHERE state = 'issued' DO NOTHING
     RETURNING id`,
    [JSON.stringify(tickets)],
  );
  return rows.map((row) => row.id);
}

/** The next page of all tickets by id. */
export function pageOfTickets(
  query: Query,
  page: { after: string | undefined; limit: number },
): Promise<Ticket[]> {
  return query<Ticket>(
    `SELECT ${COLUMNS} FROM ticket WHERE ($1::uuid IS NULL OR id > $1::uuid) ORDER BY id LIMIT $2`,
    [page.after ?? null, page.limit],
  );
}

/** A ticket as other services may know it. */
export function ticketCopy(ticket: Ticket): TicketCopy {
  const { ticketId, residentId, version, ticketNumber, doseNumber, state } = ticket;
  const at = (ticket.voidedAt ?? ticket.issuedAt).toISOString();
  const reason = ticket.reissueReason;
  return { ticketId, residentId, version, ticketNumber, doseNumber, state, reason, at };
}
