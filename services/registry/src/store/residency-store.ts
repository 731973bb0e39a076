import type { ResidentCopy } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import type { ResidencyEvent } from '../domain/residency.ts';
import { COPY_COLUMNS } from './resident-copy.ts';

/** An event with its place in the table; `historyNumber` where a history file told it. */
export type StoredEvent = ResidencyEvent & {
  id: string;
  residentId: string;
  historyNumber: number | null;
};

const COLUMNS = `id::text AS id, resident_id AS "residentId", history_number AS "historyNumber", kind,
  event_date::text AS on, known_from::text AS "knownFrom", known_until::text AS "knownUntil"`;

/** All that was ever believed of these people, by person. */
export async function residencyEvents(
  query: Query,
  residentIds: readonly string[],
): Promise<Map<string, StoredEvent[]>> {
  const rows = await query<StoredEvent>(
    `SELECT ${COLUMNS} FROM residency_event WHERE resident_id = ANY($1::uuid[]) ORDER BY id`,
    [residentIds],
  );
  return Map.groupBy(rows, (row) => row.residentId);
}

export async function giveUpEvents(
  query: Query,
  ids: readonly string[],
  today: string,
): Promise<void> {
  if (ids.length === 0) return;
  await query('UPDATE residency_event SET known_until = $2::date WHERE id = ANY($1::bigint[])', [
    ids,
    today,
  ]);
}

export type LearnedEvent = ResidencyEvent & {
  residentId: string;
  historyNumber?: number;
  notifiedOn?: string | null;
  asItCame?: Record<string, string>;
};

export async function learnEvents(query: Query, events: readonly LearnedEvent[]): Promise<void> {
  if (events.length === 0) return;
  await query(
    `INSERT INTO residency_event (resident_id, history_number, kind, event_date, notified_on, known_from, known_until, as_it_came)
     SELECT "residentId", "historyNumber", kind, "on", "notifiedOn", "knownFrom", "knownUntil", "asItCame"
     FROM jsonb_to_recordset($1::jsonb) AS e("residentId" uuid, "historyNumber" int, kind text, "on" date,
       "notifiedOn" date, "knownFrom" date, "knownUntil" date, "asItCame" jsonb)`,
    [JSON.stringify(events)],
  );
}

/** Puts the intervals known now beside the person they belong to. */
export async function setResidency(
  query: Query,
  residency: readonly { residentId: string; residency: ResidentCopy['residency'] }[],
): Promise<void> {
  if (residency.length === 0) return;
  await query(
    `UPDATE resident SET residency = r.residency
     FROM jsonb_to_recordset($1::jsonb) AS r("residentId" uuid, residency jsonb) WHERE id = "residentId"`,
    [JSON.stringify(residency)],
  );
}

/** A person by number, as a history file means them. */
export type KnownPerson = ResidentCopy & { addresseeNumber: string };

export const personsByNumber = (
  query: Query,
  municipalityCode: string,
  numbers: readonly string[],
): Promise<KnownPerson[]> =>
  query<KnownPerson>(
    `SELECT ${COPY_COLUMNS}, addressee_number AS "addresseeNumber" FROM resident
     WHERE municipality_code = $1 AND addressee_number = ANY($2::text[])`,
    [municipalityCode, numbers],
  );

/** Puts new intervals beside people whose residence turned out to be another; gives their new versions. */
export const changeResidency = (
  query: Query,
  residency: readonly { residentId: string; residency: ResidentCopy['residency'] }[],
): Promise<ResidentCopy[]> =>
  query<ResidentCopy>(
    `UPDATE resident SET residency = r.residency, version = version + 1
     FROM jsonb_to_recordset($1::jsonb) AS r("residentId" uuid, residency jsonb)
     WHERE resident.id = r."residentId" AND resident.residency <> r.residency
     RETURNING ${COPY_COLUMNS}`,
    [JSON.stringify(residency)],
  );
