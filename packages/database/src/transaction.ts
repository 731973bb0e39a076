import { createHash } from 'node:crypto';
import type { AuditEntryInput, EventToRecord, Who } from '@madoguchi/contracts';
import { AuditEntryInput as AuditEntryShape } from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';

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

/** The counter row is locked here, last, so that the wait for it is as short as a commit. */
const WRITE_AUDIT = /* sql */ `
WITH counter AS (
  UPDATE relay.audit_counter SET last = last + jsonb_array_length($1::jsonb) RETURNING last
)
INSERT INTO relay.audit_entry (seq, entry)
SELECT counter.last - jsonb_array_length($1::jsonb) + place, e
FROM counter, jsonb_array_elements($1::jsonb) WITH ORDINALITY AS list(e, place)`;

/** Writes what the work recorded, just before the commit. */
export async function flush(tx: Transaction, recorded: Recorded, trace?: string): Promise<void> {
  if (recorded.events.length > 0) {
    const rows = recorded.events.map((event) => ({
      eventId: newId(),
      subject: event.type.subject,
      aggregateId: event.aggregateId,
      aggregateVersion: event.aggregateVersion,
      payload: event.type.payload.parse(event.payload),
      traceparent: trace,
    }));
    await tx.query(WRITE_OUTBOX, [JSON.stringify(rows)]);
  }
  if (recorded.entries.length > 0) {
    const at = new Date().toISOString();
    // An entry's own purpose wins over the caller's.
    const rows = recorded.entries.map(({ entry, who }) => ({
      id: newId(),
      at,
      ...who,
      ...AuditEntryShape.parse(entry),
    }));
    await tx.query(WRITE_AUDIT, [JSON.stringify(rows)]);
  }
}

/** SHA-256 of a command's canonical body, to recognise the same command again. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
