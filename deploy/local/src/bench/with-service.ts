import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Lane } from '@madoguchi/contracts';
import { migrate } from '@madoguchi/database';
import { systemClock } from '@madoguchi/kernel';
import type { Call } from '@madoguchi/messaging';
import { connectNats, createCall } from '@madoguchi/messaging';
import { createTelemetry } from '@madoguchi/telemetry';
import { AT_WORK, findNatsServer, freePort, startNats, startPostgres } from '@madoguchi/testing';
import { MUNICIPALITY, testTokens } from '@madoguchi/testing/test-tokens';
import pg from 'pg';
import { yieldToOperators } from '../start/yield-to-operators.ts';

const PASSWORD = 'only-in-a-bench';
const APP_ROLE = 'madoguchi_app';
/** Shared by all services of an installation; benches know it, to tell whom an opaque answer means. */
export const LOOKUP_KEY = Buffer.alloc(32, 1).toString('base64url');

export type ServiceUnderTest = {
  call: Call;
  tokens: Awaited<ReturnType<typeof testTokens>>;
  /** A connection string for the application's role, and one for the owner's. */
  appUrl: string;
  ownerUrl: string;
  natsUrl: string;
};

/** What a bench says on the way, beside its figures. */
export const say = (what: string): void => void process.stderr.write(`${what}\n`);

export async function serve(
  service: string,
  environment: Record<string, string>,
): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    [fileURLToPath(import.meta.resolve(`@madoguchi/${service}/main`))],
    {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      // Each a process group of its own, as an installation starts them.
      detached: true,
    },
  );
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', () => reject(new Error(`${service} did not start`)));
  });
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

export async function makeDatabase(adminUrl: string, service: string) {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`CREATE ROLE ${APP_ROLE} LOGIN PASSWORD '${PASSWORD}'`);
  await admin.query('CREATE DATABASE bench');
  await admin.end();
  const owner = new URL(adminUrl);
  owner.pathname = '/bench';
  const app = new URL(owner);
  app.username = APP_ROLE;
  app.password = PASSWORD;
  const prismaDirectory = fileURLToPath(
    new URL(`../../../../services/${service}/prisma/`, import.meta.url),
  );
  await migrate({ ownerUrl: owner.href, prismaDirectory, appRole: APP_ROLE });
  return { ownerUrl: owner.href, appUrl: app.href };
}

/** As much of the log as the server keeps files for (`AT_WORK`), in messages of a megabyte. */
const LOG_MEGABYTES = 2_048;

/** Makes a new server one that has been at work: files of its log were written before, and are used again. */
async function useUp(adminUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(
    `SELECT count(pg_logical_emit_message(false, 'bench', repeat('x', 1024 * 1024))) FROM generate_series(1, $1::int)`,
    [LOG_MEGABYTES],
  );
  await admin.query('CHECKPOINT');
  await admin.end();
}

/**
 * One service in a process of its own over a PostgreSQL that syncs and a NATS of its own, for a bench that
 * speaks to it as the others do.
 * @param prepare fills the empty database before the service starts
 */
export async function withService<T>(
  options: {
    service: string;
    prepare: (ownerUrl: string) => Promise<void>;
    environment?: Record<string, string>;
    /** A process for each lane, as where the public is let in; one for all where it is not said. */
    lanes?: readonly Lane[];
  },
  work: (under: ServiceUnderTest) => Promise<T>,
): Promise<T> {
  const { service, prepare, environment = {}, lanes } = options;
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-bench-'));
  await chmod(folder, 0o755);
  const stops: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  try {
    const postgres = await startPostgres({
      folder: join(folder, 'postgres'),
      port: await freePort(),
      password: PASSWORD,
      settings: AT_WORK,
    });
    stops.push(() => postgres.stop());
    const { ownerUrl, appUrl } = await makeDatabase(postgres.adminUrl(), service);
    await prepare(ownerUrl);
    await useUp(postgres.adminUrl());
    const nats = await startNats({
      program: await findNatsServer(join(tmpdir(), 'madoguchi-nats')),
      folder: join(folder, 'nats'),
      port: await freePort(),
    });
    stops.push(() => nats.stop());
    const tokens = await testTokens(systemClock);
    const settings = {
      DATABASE_URL: appUrl,
      NATS_URL: nats.url,
      MUNICIPALITY_CODE: MUNICIPALITY,
      VERIFY_KEYS: JSON.stringify(tokens.ring),
      SIGNING_KEY: JSON.stringify(tokens.pairOf(service).signing),
      EVENT_KEY: Buffer.alloc(32, 2).toString('base64url'),
      LOOKUP_KEY,
      LOG_LEVEL: 'error',
      ...environment,
    };
    for (const lane of lanes ?? ['all']) {
      const child = await serve(service, { ...settings, LANES: lane });
      if (lane === 'public') yieldToOperators(child.pid);
      stops.push(() => end(child));
    }
    const telemetry = createTelemetry({ service: 'bench', level: 'silent' });
    const connection = await connectNats({ servers: nats.url, name: 'bench', log: telemetry.log });
    stops.push(() => connection.close());
    const call = createCall(connection, telemetry);
    return await work({ call, tokens, appUrl, ownerUrl, natsUrl: nats.url });
  } finally {
    for (const stop of stops.toReversed()) await stop();
  }
}
