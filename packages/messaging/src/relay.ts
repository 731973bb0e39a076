import { auditSubject, EVENTS } from '@madoguchi/contracts';
import type { Telemetry } from '@madoguchi/telemetry';
import type { Connection } from './connection.ts';
import type { EventKey } from './event-key.ts';
import { settledFacts } from './settled-facts.ts';

/** The part of a database that the relay needs. */
export type RelaySource = {
  pool: {
    connect(): Promise<{
      query(
        statement: string | { name: string; text: string; values: unknown[] },
        values?: unknown[],
      ): Promise<{ rows: Record<string, unknown>[] }>;
      release(error?: boolean): void;
    }>;
  };
  onCommit(listener: () => void): void;
};

export type RelayOptions = {
  connection: Connection;
  source: RelaySource;
  service: string;
  eventKey: EventKey;
  telemetry: Telemetry;
  /** Leaves the carrying to another process of the service, unless there is none for a while. */
  standsBy?: boolean;
};

type Client = Awaited<ReturnType<RelaySource['pool']['connect']>>;

const BATCH = 500;
const POLL_MS = 500;
/** Commits that follow each other are carried together, and after the answers they belong to. */
const GATHER_MS = 20;
/** Nobody waits for an entry to reach the log, so those of a moment travel in one message. */
const GATHER_AUDIT_MS = 250;
/** Longer than a process takes to start again. */
const STAND_BY_MS = 5_000;
const PUBLISH_TIMEOUT_MS = 2_000;
const encrypted = new Set(EVENTS.filter((event) => event.encrypted).map((event) => event.subject));

/** Facts of one subject that follow one another travel in one message, up to this many and this long. */
const LARGEST_GROUP = 100;
const LARGEST_MESSAGE = 400_000;

type Row = Record<string, unknown>;

/** The text of a JSON object, with members after those that it has; what is inside is not looked at. */
const withMembers = (object: string, members: Record<string, unknown>): string =>
  object === '{}'
    ? JSON.stringify(members)
    : `${object.slice(0, -1)},${JSON.stringify(members).slice(1)}`;

/** A fact as it travels: sealed where its event says so, with the trace it belongs to. */
function bodyOf(row: Row, eventKey: EventKey): string {
  const subject = String(row['subject']);
  const payload = String(row['payload']);
  const carried = encrypted.has(subject)
    ? `{"sealed":${JSON.stringify(eventKey.seal(JSON.parse(payload), subject))}}`
    : `{"open":${payload}}`;
  return withMembers(`{"payload":${carried}}`, {
    eventId: row['event_id'],
    aggregateId: row['aggregate_id'],
    aggregateVersion: Number(row['aggregate_version']),
    at: row['recorded_at'],
    ...(row['traceparent'] === null ? {} : { traceparent: row['traceparent'] }),
  });
}

type Group = { subject: string; bodies: string[]; length: number; first: string };

function groupsOf(rows: readonly Row[], eventKey: EventKey): Group[] {
  const groups: Group[] = [];
  for (const row of rows) {
    const subject = String(row['subject']);
    const body = bodyOf(row, eventKey);
    const last = groups.at(-1);
    const fits =
      last?.subject === subject &&
      last.bodies.length < LARGEST_GROUP &&
      last.length + body.length < LARGEST_MESSAGE;
    if (last && fits) {
      last.bodies.push(body);
      last.length += body.length;
    } else
      groups.push({ subject, bodies: [body], length: body.length, first: String(row['event_id']) });
  }
  return groups;
}

const WAITING_FACTS = /* sql */ `
SELECT position, event_id, subject, aggregate_id, aggregate_version, payload::text, traceparent, recorded_at
FROM relay.outbox WHERE published_at IS NULL AND position > $1 ORDER BY position LIMIT ${BATCH}`;
const MARK_PUBLISHED =
  'UPDATE relay.outbox SET published_at = now() WHERE position = ANY($1::bigint[])';

/** Publishes in order what waits beyond a position; gives how many, and the position of the last. */
async function publishEvents(
  client: Client,
  options: RelayOptions,
  from: number,
): Promise<{ count: number; last: number }> {
  const { rows } = await client.query({
    name: 'waiting-facts',
    text: WAITING_FACTS,
    values: [from],
  });
  const groups = groupsOf(rows, options.eventKey);
  const sent = groups.map(({ subject, bodies, first }) =>
    options.connection.jetstream.publish(
      subject,
      bodies.length === 1 ? (bodies[0] ?? '') : `{"events":[${bodies.join(',')}]}`,
      {
        msgID: bodies.length === 1 ? first : `${first}-${bodies.length}`,
        timeout: PUBLISH_TIMEOUT_MS,
      },
    ),
  );
  const outcomes = await Promise.allSettled(sent);
  const firstFailure = outcomes.findIndex((outcome) => outcome.status === 'rejected');
  const acknowledged = groups.slice(0, firstFailure < 0 ? groups.length : firstFailure);
  const done = rows.slice(
    0,
    acknowledged.reduce((count, { bodies }) => count + bodies.length, 0),
  );
  if (done.length > 0)
    await client.query({
      name: 'mark-published',
      text: MARK_PUBLISHED,
      values: [done.map((row) => row['position'])],
    });
  if (firstFailure >= 0) throw new Error('the event stream did not acknowledge');
  return { count: rows.length, last: Number(rows.at(-1)?.['position'] ?? 0) };
}

/**
 * Publishes what waits, round after round. Marks leave dead entries in the index of what waits, thousands at
 * a rush, until a vacuum comes by: so a round begins beyond what is told for good, and only twice a second
 * at the very beginning, for facts that are marked to travel again.
 */
function eventRounds(client: Client, options: RelayOptions): () => Promise<number> {
  const settledUpTo = settledFacts(client);
  let from = 0;
  let wholeAt = Number.NEGATIVE_INFINITY;
  return async () => {
    const settled = await settledUpTo();
    if (performance.now() - wholeAt >= POLL_MS) {
      wholeAt = performance.now();
      from = 0;
    }
    const { count, last } = await publishEvents(client, options, from);
    // Beyond a full round more may wait.
    from = count < BATCH ? settled : Math.min(settled, last);
    return count;
  };
}

/** A lane's entries stand in the order of their numbers, since they are written while it is locked. */
async function publishAudit(client: Client, options: RelayOptions): Promise<number> {
  const { rows } = await client.query(
    `SELECT position, lane, seq, entry::text FROM relay.audit_entry
     WHERE relayed_at IS NULL ORDER BY position LIMIT ${BATCH}`,
  );
  if (rows.length === 0) return 0;
  const entries = rows.map((row) =>
    withMembers(String(row['entry']), {
      writer: options.service,
      lane: Number(row['lane']),
      seq: Number(row['seq']),
    }),
  );
  const positions = rows.map((row) => row['position']);
  // Only more entries can come between the first and the last, so this names one set of them.
  const named = [positions[0], positions.at(-1), rows.length].join('-');
  await options.connection.jetstream.publish(
    auditSubject(options.service),
    `{"entries":[${entries.join(',')}]}`,
    { msgID: `audit-${options.service}-${named}`, timeout: PUBLISH_TIMEOUT_MS },
  );
  await client.query(
    `UPDATE relay.audit_entry SET relayed_at = now()
     WHERE relayed_at IS NULL AND position = ANY($1::bigint[])`,
    [positions],
  );
  return rows.length;
}

export type Relay = { stop(): Promise<void> };

/**
 * Carries outbox and audit rows to JetStream, at least once and in order. One relay a database works
 * at a time (session lock); it wakes at each commit and every half second.
 */
export function startRelay(options: RelayOptions): Relay {
  const { source, telemetry, service } = options;
  let stopping = false;
  let wake: (() => void) | undefined;
  let kicked = false;
  let carrying = !options.standsBy;
  source.onCommit(() => {
    kicked = true;
    if (carrying) wake?.();
  });

  const rest = async (ms: number): Promise<void> => {
    if ((kicked && carrying) || stopping) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      wake = resolve;
      timer = setTimeout(resolve, ms);
    });
    clearTimeout(timer);
    wake = undefined;
  };

  async function holdLock(client: Client, held: () => void): Promise<void> {
    const { rows } = await client.query(
      `SELECT pg_try_advisory_lock(hashtext('madoguchi-relay')) AS held`,
    );
    if (rows[0]?.['held'] !== true) throw new Error('another relay is at work');
    held();
    // What is lost of these marks in a crash is published again, and dropped as known where it arrives.
    await client.query('SET synchronous_commit = off');
    const nextEvents = eventRounds(client, options);
    let auditFrom = 0;
    for (;;) {
      kicked = false;
      const last = stopping;
      const wait = last ? 0 : auditFrom - Date.now();
      const events = await nextEvents();
      const entries = wait > 0 ? 0 : await publishAudit(client, options);
      if (entries > 0) auditFrom = Date.now() + GATHER_AUDIT_MS;
      if (events + entries >= BATCH) continue;
      if (last) return;
      await rest(wait > 0 ? wait : POLL_MS);
      if (kicked) await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
    }
  }

  async function run(): Promise<void> {
    if (!carrying) await rest(STAND_BY_MS);
    while (!stopping) {
      let client: Client | undefined;
      try {
        client = await source.pool.connect();
        await holdLock(client, () => (carrying = true));
        await client.query('RESET synchronous_commit');
        await client.query(`SELECT pg_advisory_unlock_all()`);
        client.release();
      } catch (error) {
        client?.release(true);
        telemetry.log.debug({ service, err: error }, 'relay pauses');
        kicked = false;
        carrying = !options.standsBy;
        await rest(options.standsBy ? STAND_BY_MS : POLL_MS);
      }
    }
  }

  const running = run();
  return {
    async stop() {
      stopping = true;
      wake?.();
      await running;
    },
  };
}
