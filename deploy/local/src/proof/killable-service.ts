import type { ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@madoguchi/kernel';
import { connectNats, createCall, createEventKey } from '@madoguchi/messaging';
import { createTelemetry } from '@madoguchi/telemetry';
import type { ChildServer, EmbeddedPostgres } from '@madoguchi/testing';
import { findNatsServer, freePort, startNats, startPostgres } from '@madoguchi/testing';
import { MUNICIPALITY, testTokens } from '@madoguchi/testing/test-tokens';
import pg from 'pg';
import { LOOKUP_KEY, makeDatabase, serve } from '../bench/with-service.ts';

export const PARTS = ['service', 'NATS', 'PostgreSQL'] as const;
export type Part = (typeof PARTS)[number];

const PASSWORD = 'only-in-a-proof';
const EVENT_KEY = Buffer.alloc(32, 2).toString('base64url');
const TRY_AGAIN_MS = 200;

/** A part that can be killed and comes back; `up` is what runs now. */
type Killable = { start(): Promise<void>; kill(): Promise<void>; stop(): Promise<void> };

function killableServer(start: () => Promise<ChildServer>): Killable {
  let up: ChildServer | undefined;
  return {
    start: async () => void (up = await start()),
    kill: async () => up?.kill(),
    stop: async () => up?.stop(),
  };
}

function killableProcess(start: () => Promise<ChildProcess>): Killable {
  let up: ChildProcess | undefined;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (!up || up.exitCode !== null || up.signalCode !== null) return;
    const ended = new Promise((resolve) => up?.once('exit', resolve));
    up.kill(signal);
    await ended;
  };
  return {
    start: async () => void (up = await start()),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}

/** Starts again until it stays, as a supervisor would: what it needs may be away itself. */
async function comeBack(part: Killable, limitMs = 240_000): Promise<void> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    try {
      await part.start();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
    }
  }
}

export type KillableOptions = {
  /** Fills the empty database before the service starts. */
  prepare: (ownerUrl: string) => Promise<void>;
  /** Settings of PostgreSQL, `name=value`; it syncs by default. */
  settings?: readonly string[];
  environment?: Record<string, string>;
  /** What stands between the service and PostgreSQL: given its port, the one to connect to. */
  between?: (postgresPort: number) => Promise<number>;
};

/**
 * Reservations in a process of its own over a PostgreSQL that syncs and a NATS of its own; each of the
 * three can be killed and comes back. Call `stop` at the end.
 */
export async function killableService(options: KillableOptions) {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-proof-'));
  await chmod(folder, 0o755);
  const ports = { postgres: await freePort(), nats: await freePort() };
  const program = await findNatsServer(join(tmpdir(), 'madoguchi-nats'));
  let server: EmbeddedPostgres | undefined;
  const postgres = killableServer(async () => {
    const { settings = [] } = options;
    const at = { folder: join(folder, 'postgres'), port: ports.postgres, password: PASSWORD };
    return (server = await startPostgres({ ...at, settings }));
  });
  const nats = killableServer(() =>
    startNats({ program, folder: join(folder, 'nats'), port: ports.nats }),
  );
  await postgres.start();
  const { ownerUrl, appUrl } = await makeDatabase(server?.adminUrl() ?? '', 'reservations');
  await options.prepare(ownerUrl);
  await nats.start();
  const natsUrl = `nats://127.0.0.1:${ports.nats}`;
  const tokens = await testTokens(systemClock);
  const databaseUrl = new URL(appUrl);
  if (options.between) databaseUrl.port = String(await options.between(ports.postgres));
  const environment = {
    DATABASE_URL: databaseUrl.href,
    NATS_URL: natsUrl,
    MUNICIPALITY_CODE: MUNICIPALITY,
    VERIFY_KEYS: JSON.stringify(tokens.ring),
    SIGNING_KEY: JSON.stringify(tokens.pairOf('reservations').signing),
    EVENT_KEY,
    LOOKUP_KEY,
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
    ...options.environment,
  };
  const service = killableProcess(() => serve('reservations', environment));
  await service.start();
  const telemetry = createTelemetry({ service: 'proof', level: 'silent' });
  const connection = await connectNats({ servers: natsUrl, name: 'proof', log: telemetry.log });
  const parts: Record<Part, Killable> = { service, NATS: nats, PostgreSQL: postgres };
  return {
    call: createCall(connection, telemetry),
    connection,
    tokens,
    /** Seals what stands for facts of other services. */
    eventKey: createEventKey(EVENT_KEY),
    ownerUrl,
    appUrl,
    async sql<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
      const client = new pg.Client({ connectionString: ownerUrl });
      await client.connect();
      try {
        return (await client.query(text, values)).rows as Row[];
      } finally {
        await client.end();
      }
    },
    /** SIGKILL, as a crash would. */
    kill: (part: Part) => parts[part].kill(),
    /** In good order: the service drains, PostgreSQL stops fast and breaks off what is open. */
    end: (part: Part) => parts[part].stop(),
    comeBack: (part: Part) => comeBack(parts[part]),
    async stop() {
      await connection.close();
      for (const part of PARTS) await parts[part].stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export type KillableService = Awaited<ReturnType<typeof killableService>>;
