import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ActorClaims, CasePermitClaims, Role } from '@madoguchi/contracts';
import { SERVICES } from '@madoguchi/contracts';
import { systemClock } from '@madoguchi/kernel';
import type { Clock } from '@madoguchi/kernel';
import type { Call, Connection } from '@madoguchi/messaging';
import { connectNats, createCall, ensureStreams } from '@madoguchi/messaging';
import type { RunningService, Service } from '@madoguchi/service';
import { run } from '@madoguchi/service';
import type { Log, Telemetry } from '@madoguchi/telemetry';
import { createTelemetry } from '@madoguchi/telemetry';
import pg from 'pg';
import { inject } from 'vitest';
import type { Verdict } from './check-record.ts';
import { checkRecord } from './check-record.ts';
import { freePort } from './child-server.ts';
import { startContainerNats } from './container-nats.ts';
import type { NatsOptions, NatsServer } from './nats-server.ts';
import { startNats } from './nats-server.ts';
import { recordCalls } from './record-calls.ts';
import { APP_PASSWORD, APP_ROLE } from './servers-setup.ts';
import { testNatsKeys } from './test-nats-keys.ts';
import type { GrantWanted } from './test-tokens.ts';
import { MUNICIPALITY, testTokens } from './test-tokens.ts';

export { MUNICIPALITY } from './test-tokens.ts';

export type TestWorld = {
  readonly call: Call;
  readonly connection: Connection;
  readonly natsUrl: string;
  /** Starts a service over its own clone of the migrated template. */
  start(service: Service, environment?: Record<string, string>): Promise<RunningService>;
  /** Environment of a service in this world, for those that tests start by hand. */
  environmentOf(service: string): Promise<Record<string, string>>;
  actor(role: Role, claims?: Partial<ActorClaims>): Promise<{ id: string; token: string }>;
  permit(
    operatorId: string,
    claims?: Partial<CasePermitClaims>,
  ): Promise<{ caseId: string; token: string }>;
  grant(claims: GrantWanted): Promise<string>;
  /** SQL as the superuser in a service's database. */
  sql<Row = Record<string, unknown>>(
    service: string,
    text: string,
    values?: unknown[],
  ): Promise<Row[]>;
  nats: { kill(): Promise<void>; restart(): Promise<void> };
  /** Ends the record of this world's calls and has it checked against the tables of reservations. */
  checkReservations(): Promise<Verdict>;
  stop(): Promise<void>;
};

type ClonedDatabase = { name: string; url: string; ownerUrl: string };

async function cloneDatabase(adminUrl: string, service: string): Promise<ClonedDatabase> {
  const template = `template_${service.replaceAll('-', '_')}`;
  const name = `t_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    // Only one clone of a template at a time: PostgreSQL refuses while another session holds it.
    await admin.query(`SELECT pg_advisory_lock(hashtext($1))`, [template]);
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  } finally {
    await admin.end();
  }
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const ownerUrl = url.href;
  url.username = APP_ROLE;
  url.password = APP_PASSWORD;
  return { name, url: url.href, ownerUrl };
}

async function queryAsOwner<Row>(
  ownerUrl: string | undefined,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  if (ownerUrl === undefined) throw new Error('this service has no database yet');
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    return (await client.query(text, values)).rows as Row[];
  } finally {
    await client.end();
  }
}

const startTestNats = (options: NatsOptions): Promise<Pick<NatsServer, 'url' | 'stop' | 'kill'>> =>
  inject('backend') === 'containers' ? startContainerNats(options) : startNats(options);

type WorldOptions = {
  clock?: Clock;
  logLevel?: string;
  /** Logs and spans of the services started here; their own by default. */
  telemetryOf?: (service: string) => Telemetry;
};

async function connectAsTest(servers: string, nkeySeed: string, log: Log): Promise<Connection> {
  const connection = await connectNats({ servers, name: 'test', nkeySeed, log });
  await ensureStreams(connection, SERVICES);
  return connection;
}

/** What services of one world are told; each gets its clone of the template at its first start. */
function environments(world: {
  databases: Map<string, ClonedDatabase>;
  natsUrl: string;
  natsKeys: ReturnType<typeof testNatsKeys>;
  tokens: Awaited<ReturnType<typeof testTokens>>;
  level: string;
}) {
  const { databases, natsUrl, natsKeys, tokens, level } = world;
  const shared = {
    EVENT_KEY: randomBytes(32).toString('base64url'),
    LOOKUP_KEY: randomBytes(32).toString('base64url'),
  };
  return async (service: string): Promise<Record<string, string>> => {
    const hasDatabase = service !== 'console';
    const database =
      databases.get(service) ??
      (hasDatabase ? await cloneDatabase(inject('postgresAdminUrl'), service) : undefined);
    if (database) databases.set(service, database);
    return {
      ...(database ? { DATABASE_URL: database.url } : {}),
      NATS_URL: natsUrl,
      NATS_NKEY_SEED: natsKeys.seedOf(service) ?? '',
      MUNICIPALITY_CODE: MUNICIPALITY,
      VERIFY_KEYS: JSON.stringify(tokens.ring),
      SIGNING_KEY: JSON.stringify(tokens.pairOf(service).signing),
      LOG_LEVEL: level,
      ...shared,
    };
  };
}

/** A NATS server and keys of its own for one test file, with real databases cloned on demand. */
export async function testWorld(options: WorldOptions = {}): Promise<TestWorld> {
  const clock = options.clock ?? systemClock;
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-world-'));
  await chmod(folder, 0o755);
  const natsKeys = testNatsKeys();
  const natsOptions = {
    program: inject('natsProgram'),
    folder: join(folder, 'nats'),
    port: await freePort(),
    authorization: natsKeys.authorization,
  };
  let nats = await startTestNats(natsOptions);
  const tokens = await testTokens(clock);
  const level = options.logLevel ?? process.env['TEST_LOG_LEVEL'] ?? 'silent';
  const telemetry = createTelemetry({ service: 'test', level });
  const connection = await connectAsTest(nats.url, natsKeys.everything, telemetry.log);
  const recorder = recordCalls(
    join(folder, 'run.ndjson'),
    options.clock ? { now: () => clock.now().getTime() } : {},
  );
  const databases = new Map<string, ClonedDatabase>();
  const running: RunningService[] = [];

  const environmentOf = environments({ databases, natsUrl: nats.url, natsKeys, tokens, level });

  return {
    actor: tokens.actor,
    permit: tokens.permit,
    grant: tokens.grant,
    connection,
    natsUrl: nats.url,
    call: recorder.wrap(createCall(connection, telemetry)),
    environmentOf,
    async start(service, environment = {}) {
      const started = await run(service, {
        clock,
        ...(options.telemetryOf ? { telemetry: options.telemetryOf(service.name) } : {}),
        environment: { ...(await environmentOf(service.name)), ...environment },
      });
      running.push(started);
      return started;
    },
    sql: (service, text, values) => queryAsOwner(databases.get(service)?.ownerUrl, text, values),
    nats: {
      kill: () => nats.kill(),
      restart: async () => void (nats = await startTestNats(natsOptions)),
    },
    async checkReservations() {
      await recorder.close();
      return checkRecord(recorder.path, databases.get('reservations')?.ownerUrl ?? '');
    },
    async stop() {
      for (const service of running.toReversed()) await service.stop();
      await connection.close();
      await nats.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Waits until a condition holds; fails after the limit with what was waited for. */
export async function eventually<T>(
  what: string,
  attempt: () => Promise<T | undefined | false>,
  limitMs = 10_000,
): Promise<T> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const value = await attempt();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > deadline) throw new Error(`waited ${limitMs} ms in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
