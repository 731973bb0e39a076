import { SERVICES, signalSubjects, TOKEN_LIFETIME_MS } from '@madoguchi/contracts';
import type { Database } from '@madoguchi/database';
import { forgetOld, migrate, openDatabase } from '@madoguchi/database';
import type { Clock } from '@madoguchi/kernel';
import { systemClock } from '@madoguchi/kernel';
import type { Connection } from '@madoguchi/messaging';
import {
  connectNats,
  createCall,
  createEventKey,
  ensureStreams,
  requireStream,
  startRelay,
} from '@madoguchi/messaging';
import { createPolicy, createTokens } from '@madoguchi/policy';
import type { Telemetry } from '@madoguchi/telemetry';
import { createTelemetry } from '@madoguchi/telemetry';
import { fileURLToPath } from 'node:url';
import type { BaseConfig } from './base-config.ts';
import { ConfigurationFault, readConfig } from './base-config.ts';
import type { Part, Runtime, Service } from './define-service.ts';
import { job, onSignal } from './define-service.ts';
import { startPrivateServer } from './private-server.ts';
import type { Started } from './start-part.ts';
import { startPart } from './start-part.ts';

export type RunOptions = {
  environment?: Record<string, string | undefined>;
  clock?: Clock;
  telemetry?: Telemetry;
};

export type RunningService = {
  readonly name: string;
  readonly runtime: Runtime;
  readonly privatePort?: number;
  stop(): Promise<void>;
};

const STOP_TIME_LIMIT_MS = 8_000;

async function openServiceDatabase(service: Service, config: BaseConfig, telemetry: Telemetry) {
  if (!service.prisma) return undefined;
  if (config.DATABASE_URL === undefined)
    throw new ConfigurationFault('configuration: DATABASE_URL: is missing');
  if (config.DATABASE_OWNER_URL !== undefined) {
    const applied = await migrate({
      ownerUrl: config.DATABASE_OWNER_URL,
      prismaDirectory: fileURLToPath(service.prisma.directory),
      ...(config.DATABASE_APP_ROLE === undefined ? {} : { appRole: config.DATABASE_APP_ROLE }),
    });
    if (applied.length > 0) telemetry.log.info({ applied }, 'migrations applied');
  }
  const database = openDatabase({
    url: config.DATABASE_URL,
    name: `madoguchi-${service.name}`,
    poolSize: config.DATABASE_POOL_SIZE,
    prisma: service.prisma.client,
    settings: service.prisma.settings,
    ...(telemetry.traced ? { span: telemetry.span.bind(telemetry) } : {}),
    traceparent: telemetry.traceparent,
    onIdleError: (error) => telemetry.log.warn({ err: error }, 'database connection lost'),
  });
  await database.pool.query('SELECT 1');
  return database;
}

function noDatabase(name: string): Database {
  return new Proxy({} as Database, {
    get: () => {
      throw new Error(`${name} owns no database`);
    },
  });
}

/** Tokens of ended cases and sessions stop being accepted, in this service too. */
const forgetting = (runtime: Runtime) =>
  [
    [signalSubjects.caseEnded, 'caseId'],
    [signalSubjects.sessionRevoked, 'sessionId'],
  ].map(([subject, field]) =>
    onSignal(subject ?? '', (data) => {
      const id = (data as Record<string, unknown>)[field ?? ''];
      if (typeof id === 'string') runtime.tokens.revoke(id);
    }),
  );

/** What every service does beside its own work. */
const housekeeping = (runtime: Runtime, database: Database | undefined): Part[] => [
  ...forgetting(runtime),
  ...(database
    ? [
        job('forget-old', 3_600_000, async () => {
          const count = await forgetOld(database, runtime.clock.now());
          if (count > 0) runtime.telemetry.log.info({ count }, 'old rows forgotten');
        }),
      ]
    : []),
];

async function within(limitMs: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise((resolve) => (timer = setTimeout(resolve, limitMs)));
  await Promise.race([work.catch(() => undefined), limit]);
  clearTimeout(timer);
}

type Opened = {
  service: Service;
  config: BaseConfig;
  clock: Clock;
  telemetry: Telemetry;
  connection: Connection;
  database: Database | undefined;
};

function makeRuntime(opened: Opened): Runtime {
  const { service, config, clock, telemetry, connection, database } = opened;
  const tokens = createTokens({ signing: config.SIGNING_KEY, ring: config.VERIFY_KEYS, clock });
  const policy = createPolicy();
  const self = {
    sub: service.name,
    role: 'service' as const,
    municipalityCode: config.MUNICIPALITY_CODE,
    organisation: 'madoguchi',
    terminalEnrolled: false,
    withinHours: true,
    policyVersion: policy.version,
  };
  return {
    config,
    clock,
    telemetry,
    tokens,
    policy,
    connection,
    eventKey: createEventKey(config.EVENT_KEY),
    database: database ?? noDatabase(service.name),
    call: createCall(connection, telemetry),
    signal: (subject, data) => connection.nats.publish(subject, JSON.stringify(data)),
    ownActorToken: async () => (await tokens.sign('actor', self, TOKEN_LIFETIME_MS.actor)).token,
  };
}

/** What this process does: facts of others, jobs and listeners only where operators are served as well. */
async function partsOf(
  service: Service,
  runtime: Runtime,
  database: Database | undefined,
): Promise<Part[]> {
  const parts = [...housekeeping(runtime, database), ...(await service.wire(runtime))];
  if (runtime.config.LANES.includes('staff')) return parts;
  return parts.filter(({ kind }) => kind === 'operation' || kind === 'signal');
}

/**
 * Opens a service: telemetry, configuration, database and migrations, NATS and streams, handlers,
 * subscribers, jobs, private port, ready. `stop` is the mirror image. Keeps no process-wide state, so
 * that all services can run in one process.
 */
export async function run(service: Service, options: RunOptions = {}): Promise<RunningService> {
  const config = readConfig(service.config, options.environment ?? process.env);
  const clock = options.clock ?? systemClock;
  const telemetry =
    options.telemetry ??
    createTelemetry({
      service: service.name,
      level: config.LOG_LEVEL,
      otlpEndpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT,
    });
  const stops: Started[] = [{ stop: () => telemetry.shutdown() }];
  const stopAll = async (): Promise<void> => {
    for (const started of stops.toReversed()) await within(STOP_TIME_LIMIT_MS, started.stop());
  };
  try {
    const database = await openServiceDatabase(service, config, telemetry);
    if (database) stops.push({ stop: () => database.close() });
    const connection = await connectNats({
      servers: config.NATS_URL,
      name: service.name,
      nkeySeed: config.NATS_NKEY_SEED,
      log: telemetry.log,
    });
    stops.push({ stop: () => connection.close() });
    // Behind sign-in, streams are made by whoever installs; a service may only look at its own.
    if (config.NATS_NKEY_SEED === undefined) await ensureStreams(connection, SERVICES);
    else if (service.prisma) await requireStream(connection, service.name);
    const runtime = makeRuntime({ service, config, clock, telemetry, connection, database });
    if (database) {
      const relay = startRelay({
        connection,
        source: database,
        service: service.name,
        eventKey: runtime.eventKey,
        telemetry,
        standsBy: !config.LANES.includes('public'),
      });
      stops.push(relay);
    }
    for (const part of await partsOf(service, runtime, database))
      stops.push(await startPart(part, runtime));
    await connection.nats.flush();
    // What the server refused has arrived by now, and is noted in the next turn.
    await new Promise((resolve) => setImmediate(resolve));
    if (connection.forbidden.length > 0) throw new Error(connection.forbidden.join('; '));
    let ready = true;
    let privatePort: number | undefined;
    if (config.PRIVATE_PORT !== undefined) {
      const server = await startPrivateServer({
        host: config.PRIVATE_HOST,
        port: config.PRIVATE_PORT,
        telemetry,
        readiness: () => (ready ? { ready } : { ready, why: 'stopping' }),
      });
      privatePort = server.port;
      stops.push(server);
    }
    telemetry.log.info({ event: 'ready' }, `${service.name} is ready`);
    return {
      name: service.name,
      runtime,
      ...(privatePort === undefined ? {} : { privatePort }),
      async stop() {
        ready = false;
        await stopAll();
      },
    };
  } catch (error) {
    await stopAll();
    throw error;
  }
}
