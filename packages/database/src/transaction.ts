import { createHash, randomInt } from 'node:crypto';
import type { AuditEntryInput, EventToRecord, Who } from '@madoguchi/contracts';
import { AuditEntryInput as AuditEntryShape } from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import { AUDIT_LANES } from './relay-schema.ts';

/** Runs one statement with its parameters and gives its rows. */
export type Query = <Row = Record<string, unknown>>(
  sql: string,
  parameters?: readonly unknown[],
) => Promise<Row[]>;

export type Copy = (sql: string, pieces: Iterable<string>) => Promise<void>;

/**
 * One transaction of a service. Events and audit entries are its methods, so there is nowhere else
 * to put them: they commit with the change, or not at all.
 */
export type Transaction = {
  readonly who: Who;
  query: Query;
  /** Streams lines of `copyLine` to `COPY … FROM STDIN`. */
  copy: Copy;
  record(event: EventToRecord): void;
  /** @param who of the entry, where one transaction does the work of several callers */
  audit(entry: AuditEntryInput, who?: Who): void;
};

export type Recorded = {
  events: EventToRecord[];
  entries: { entry: AuditEntryInput; who: Who }[];
};

export function newTransaction(
  who: Who,
  { query, copy }: { query: Query; copy: Copy },
): { tx: Transaction; recorded: Recorded } {
  const recorded: Recorded = { events: [], entries: [] };
  return {
    recorded,
    tx: {
      who,
      query,
      copy,
      record: (event) => void recorded.events.push(event),
      audit: (entry, of = who) => void recorded.entries.push({ entry, who: of }),
    },
  };
}

const WRITE_OUTBOX = /* sql */ `
INSERT INTO relay.outbox (event_id, subject, aggregate_id, aggregate_version, payload, traceparent)
SELECT (e->>'eventId')::uuid, e->>'subject', e->>'aggregateId', (e->>'aggregateVersion')::bigint,
       e->'payload', e->>'traceparent'
FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS list(e, place) ORDER BY place`;

/**
 * Entries take the next numbers of a lane, whose row stays locked until the commit: so each lane has no
 * gaps. Commits that meet take lanes of their own, since one after the other they would wait for the disk
 * as often as there are commits.
 */
const writeAudit = (lane: string): string => /* sql */ `
WITH free AS MATERIALIZED (SELECT lane FROM relay.audit_lane ${lane}),
counted AS (
  UPDATE relay.audit_lane l SET last = l.last + jsonb_array_length($1::jsonb)
  FROM free WHERE l.lane = free.lane RETURNING l.lane, l.last
), written AS (
  INSERT INTO relay.audit_entry (lane, seq, entry)
  SELECT counted.lane, counted.last - jsonb_array_length($1::jsonb) + place, e
  FROM counted, jsonb_array_elements($1::jsonb) WITH ORDINALITY AS list(e, place) ORDER BY place
  RETURNING 1
)
SELECT count(*)::int AS entries FROM written`;
const WRITE_AUDIT = writeAudit('ORDER BY lane LIMIT 1 FOR UPDATE SKIP LOCKED');
/** Where every lane is taken: wait for one, locked last, so that the wait is as short as a commit. */
const WRITE_AUDIT_WAITING = writeAudit('WHERE lane = $2 FOR UPDATE');

async function writeEntries(query: Query, rows: readonly unknown[]): Promise<void> {
  if (rows.length === 0) return;
  const given = JSON.stringify(rows);
  const [done] = await query<{ entries: number }>(WRITE_AUDIT, [given]);
  if (done?.entries === rows.length) return;
  await query(WRITE_AUDIT_WAITING, [given, randomInt(1, AUDIT_LANES + 1)]);
}

async function writeEvents(
  query: Query,
  events: readonly EventToRecord[],
  trace?: string,
): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((event) => ({
    eventId: newId(),
    subject: event.type.subject,
    aggregateId: event.aggregateId,
    aggregateVersion: event.aggregateVersion,
    payload: event.type.payload.parse(event.payload),
    traceparent: trace,
  }));
  await query(WRITE_OUTBOX, [JSON.stringify(rows)]);
}

/** Writes what the work recorded, just before the commit. */
export async function flush(tx: Transaction, recorded: Recorded, trace?: string): Promise<void> {
  const at = new Date().toISOString();
  // An entry's own purpose wins over the caller's.
  const rows = recorded.entries.map(({ entry, who }) => ({
    id: newId(),
    at,
    ...who,
    ...AuditEntryShape.parse(entry),
  }));
  // The lane of the entries last: it is held until the commit.
  await Promise.all([writeEvents(tx.query, recorded.events, trace), writeEntries(tx.query, rows)]);
}

/** SHA-256 of a command's canonical body, to recognise the same command again. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
