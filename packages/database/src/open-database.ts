import { PrismaPg } from '@prisma/adapter-pg';
import type { Who } from '@madoguchi/contracts';
import pg from 'pg';
import { copyRows } from './copy-rows.ts';
import { GatheringSocket } from './gathering-socket.ts';
import type { Query, Transaction } from './transaction.ts';
import { digestOf, flush, newTransaction } from './transaction.ts';

/** The part of a generated Prisma client that the house relies on. */
export type PrismaLike = { $disconnect(): Promise<void> };

export type OpenDatabaseOptions<C extends PrismaLike> = {
  url: string;
  /** Shown in pg_stat_activity. */
  name: string;
  poolSize?: number;
  /** Settings of PostgreSQL for every connection of this service, by name. */
  settings?: Readonly<Record<string, string>> | undefined;
  prisma: (adapter: PrismaPg) => C;
  onIdleError?: (error: Error) => void;
  /** Runs a statement or transaction inside a span; absent where spans go nowhere. */
  span?: DatabaseSpan;
  /** W3C traceparent of the running span, stored with events so that their effects join the trace. */
  traceparent?: () => string | undefined;
};

export type Database<C extends PrismaLike = PrismaLike> = {
  readonly name: string;
  readonly pool: pg.Pool;
  readonly prisma: C;
  /** One statement that reads what no audit entry is owed for. */
  readonly read: Query;
  /** Work on one connection that commits with its events and audit entries, or not at all. */
  transaction<T>(who: Who, work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Called after each commit that recorded something; the relays wake up on it. */
  onCommit(listener: () => void): void;
  close(): Promise<void>;
};

/** What a span of the database says: never a parameter, since those are of people. */
export type DatabaseSpan = <T>(
  name: string,
  options: { kind: 'client'; attributes: Record<string, string> },
  work: () => Promise<T>,
) => Promise<T>;

/**
 * Statements are prepared once a connection and named by their text: parsing and planning cost more
 * than most of them. Texts beyond the limit (composed ones) run unnamed, so the names stay few.
 */
const PREPARED_LIMIT = 500;

function statementNames(): (sql: string) => string | undefined {
  const names = new Map<string, string>();
  return (sql) => {
    const known = names.get(sql);
    if (known !== undefined || names.size >= PREPARED_LIMIT) return known;
    const name = digestOf(sql).slice(0, 22);
    names.set(sql, name);
    return name;
  };
}

/** `SELECT …` as the name, the text as it is written, values left out (OpenTelemetry's database spans). */
const spanOf = (database: string, sql: string) =>
  [
    /^\s*(\w+)/.exec(sql)?.[1]?.toUpperCase() ?? 'SQL',
    {
      kind: 'client' as const,
      attributes: {
        'db.system.name': 'postgresql',
        'db.namespace': database,
        'db.query.text': sql,
      },
    },
  ] as const;

/** How statements of one database are run: under which name, in which span. */
type Running = {
  database: string;
  nameOf: (sql: string) => string | undefined;
  span?: DatabaseSpan | undefined;
};

/** The last fault of each connection that was one of its own, and no consequence of another. */
const faults = new WeakMap<object, unknown>();

/** 25P02: a statement that found its transaction broken off by one before it. */
const isOnlyAborted = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '25P02';

function queryOn(client: Pick<pg.PoolClient, 'query'>, running: Running): Query {
  const { database, nameOf, span } = running;
  const plain: Query = async <Row>(sql: string, parameters: readonly unknown[] = []) => {
    const name = nameOf(sql);
    const statement = { text: sql, values: [...parameters], ...(name ? { name } : {}) };
    try {
      return (await client.query(statement)).rows as Row[];
    } catch (error) {
      if (!isOnlyAborted(error)) faults.set(client, error);
      throw error;
    }
  };
  if (!span) return plain;
  return <Row>(sql: string, parameters: readonly unknown[] = []) =>
    span(...spanOf(database, sql), () => plain<Row>(sql, parameters));
}

function openPool<C extends PrismaLike>(options: OpenDatabaseOptions<C>): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    stream: () => new GatheringSocket(),
    max: options.poolSize ?? 10,
    // What does not wait for an answer before it is sent, in a `Promise.all` say, travels together.
    pipeline: true,
    application_name: options.name,
    connectionTimeoutMillis: 2_000,
    idle_in_transaction_session_timeout: 30_000,
    statement_timeout: 30_000,
    keepAlive: true,
    options: Object.entries(options.settings ?? {})
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
  });
  // An idle connection that PostgreSQL ends is replaced at the next use; it must not end the process.
  pool.on('error', (error) => options.onIdleError?.(error));
  // The same for one in use: its query rejects, and that is how its user hears of it.
  pool.on('connect', (client) => void client.on('error', (error) => options.onIdleError?.(error)));
  return pool;
}

/** The work's result, and its last writes, which are on their way. */
type Written<T> = { result: T; writes: Promise<unknown> };

/**
 * The commit is sent behind the last writes without waiting for them: what they lock is free a trip earlier.
 * PostgreSQL makes a rollback of it where one of them failed.
 */
async function onOneConnection<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Written<T>>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    // It travels with the first statements; where it fails, so do they, since the connection is gone.
    const begun = client.query('BEGIN');
    begun.catch(() => undefined);
    const { result, writes } = await work(client);
    const [ended] = await Promise.all([client.query('COMMIT'), begun, writes]);
    if (ended.command !== 'COMMIT') throw new Error('a commit was made a rollback');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((rollback: unknown) => {
      broken = rollback instanceof Error ? rollback : new Error('rollback failed');
    });
    // Of statements that travelled together, a later one can be heard of first.
    throw isOnlyAborted(error) ? (faults.get(client) ?? error) : error;
  } finally {
    client.release(broken);
  }
}

/**
 * Opens a service's database: Prisma for ordinary reads outside of transactions, SQL on one connection
 * for everything that writes or locks. Nothing is connected before the first use.
 */
export function openDatabase<C extends PrismaLike>(options: OpenDatabaseOptions<C>): Database<C> {
  const pool = openPool(options);
  const prisma = options.prisma(new PrismaPg(pool));
  const { name: database, span } = options;
  const running = { database, nameOf: statementNames(), span };
  const listeners: (() => void)[] = [];
  const committed = (recorded: { events: unknown[]; entries: unknown[] }): void => {
    if (recorded.events.length + recorded.entries.length > 0) for (const call of listeners) call();
  };
  return {
    name: options.name,
    pool,
    prisma,
    read: queryOn(pool, running),
    onCommit: (listener) => void listeners.push(listener),
    async transaction(who, work) {
      const whole = () =>
        onOneConnection(pool, async (client) => {
          const { tx, recorded } = newTransaction(who, {
            query: queryOn(client, running),
            copy: (sql, pieces) => copyRows(client, sql, pieces),
          });
          const result = await work(tx);
          const writes = flush(tx, recorded, options.traceparent?.());
          return { result: { result, recorded }, writes };
        });
      const { result, recorded } = await (span
        ? span(...spanOf(database, 'TRANSACTION'), whole)
        : whole());
      committed(recorded);
      return result;
    },
    async close() {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
