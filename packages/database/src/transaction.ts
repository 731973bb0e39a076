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
  /**
   * A last write, already sent, that nobody waits for: it travels with events, audit entries and the commit,
   * so that what is locked is locked for two trips less. What it must have done it has to hold itself
   * (`relay.demand` in its SQL), since the commit is sent behind it.
   */
  alongside(write: Promise<unknown>): void;
  record(event: EventToRecord): void;
  /** @param who of the entry, where one transaction does the work of several callers */
  audit(entry: AuditEntryInput, who?: Who): void;
};

export type Recorded = {
  events: EventToRecord[];
  entries: { entry: AuditEntryInput; who: Who }[];
  writes: Promise<unknown>[];
};

export function newTransaction(
  who: Who,
  { query, copy }: { query: Query; copy: Copy },
): { tx: Transaction; recorded: Recorded } {
  const recorded: Recorded = { events: [], entries: [], writes: [] };
  return {
    recorded,
    tx: {
      who,
      query,
      copy,
      alongside(write) {
        // Where the work fails before anybody awaits it, its own fault is the one that is heard.
        write.catch(() => undefined);
        recorded.writes.push(write);
      },
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
 * as often as there are commits. Where every lane is taken, the entries wait for lane $2. What could not be
 * written is a fault, since nobody waits for the answer before the commit.
 */
const WRITE_AUDIT = /* sql */ `
WITH free AS MATERIALIZED (
  SELECT lane FROM relay.audit_lane ORDER BY lane LIMIT 1 FOR UPDATE SKIP LOCKED
), waited AS MATERIALIZED (
  SELECT lane FROM relay.audit_lane WHERE lane = $2 AND NOT EXISTS (SELECT 1 FROM free) FOR UPDATE
), counted AS (
  UPDATE relay.audit_lane l SET last = l.last + jsonb_array_length($1::jsonb)
  FROM (SELECT lane FROM free UNION ALL SELECT lane FROM waited) AS taken
  WHERE l.lane = taken.lane RETURNING l.lane, l.last
), written AS (
  INSERT INTO relay.audit_entry (lane, seq, entry)
  SELECT counted.lane, counted.last - jsonb_array_length($1::jsonb) + place, e
  FROM counted, jsonb_array_elements($1::jsonb) WITH ORDINALITY AS list(e, place) ORDER BY place
  RETURNING 1
)
SELECT relay.demand(count(*) = jsonb_array_length($1::jsonb), 'entries of the log were not written')
FROM written`;

/** Rows of the outbox; an event that is not what its type says stops the transaction before anything is sent. */
const eventRows = (events: readonly EventToRecord[], trace?: string): unknown[] =>
  events.map((event) => ({
    eventId: newId(),
    subject: event.type.subject,
    aggregateId: event.aggregateId,
    aggregateVersion: event.aggregateVersion,
    payload: event.type.payload.parse(event.payload),
    traceparent: trace,
  }));

/** Rows of the log; an entry's own purpose wins over the caller's. */
function entryRows(entries: Recorded['entries']): unknown[] {
  const at = new Date().toISOString();
  return entries.map(({ entry, who }) => ({
    id: newId(),
    at,
    ...who,
    ...AuditEntryShape.parse(entry),
  }));
}

/**
 * Sends what the work recorded, just before the commit; nothing of it where something cannot be said.
 * @returns when all of it was answered, and the writes alongside
 */
export function flush(tx: Transaction, recorded: Recorded, trace?: string): Promise<unknown> {
  const events = eventRows(recorded.events, trace);
  const entries = entryRows(recorded.entries);
  const writes = [...recorded.writes];
  if (events.length > 0) writes.push(tx.query(WRITE_OUTBOX, [JSON.stringify(events)]));
  // The lane of the entries last: it is held until the commit.
  const lane = randomInt(1, AUDIT_LANES + 1);
  if (entries.length > 0) writes.push(tx.query(WRITE_AUDIT, [JSON.stringify(entries), lane]));
  return Promise.all(writes);
}

/** SHA-256 of a command's canonical body, to recognise the same command again. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
