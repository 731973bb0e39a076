import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SERVICES } from '@madoguchi/contracts';
import pg from 'pg';
import { environmentOf } from '../local/src/start/environment.ts';
import type { Home } from '../local/src/start/home.ts';
import { openHome } from '../local/src/start/home.ts';
import { natsConfiguration } from '@madoguchi/testing';
import { natsAuthorization } from '@madoguchi/messaging';
import { makeDatabases, makeStreams } from '../local/src/start/servers.ts';

/**
 * Prepares an installation in containers, in two one-shot steps: `secrets` makes keys and settings once
 * and hands every service its own; `databases` makes what is missing in PostgreSQL and in NATS.
 */
const FOLDER = '/run/madoguchi';
const CONSOLE_PORT = 8080;
const NATS_URL = 'nats://nats:4222';
const WAIT_FOR_POSTGRES_MS = 60_000;
const WAIT_FOR_NATS_MS = 60_000;

const adminUrl = (home: Home): string =>
  `postgresql://postgres:${home.secrets.postgresPassword}@postgres:5432/postgres`;

/** In one step, so that nobody reads half a file. */
async function put(name: string, text: string, mode = 0o600): Promise<void> {
  const file = join(FOLDER, name);
  await writeFile(`${file}.new`, text, { mode });
  await rename(`${file}.new`, file);
}

/** For `node --env-file`; there is no single quote in what we make. */
function environmentFile(values: Record<string, string>): string {
  const lines = Object.entries(values).map(([name, value]) => {
    if (/['\n]/.test(value)) throw new Error(`${name} cannot be written to a settings file`);
    return `${name}='${value}'\n`;
  });
  return lines.join('');
}

async function handOutSecrets(home: Home): Promise<void> {
  // PostgreSQL's image reads it as a user of its own; nobody else has this volume.
  await put('postgres/password', home.secrets.postgresPassword, 0o644);
  // No secret in it: the server knows public keys only.
  const authorization = natsAuthorization(home.secrets.natsKeys);
  const nats = natsConfiguration({ listen: '0.0.0.0:4222', store: '/data', authorization });
  await put('nats/nats.conf', nats, 0o644);
  const servers = {
    postgresAdminUrl: adminUrl(home),
    natsUrl: NATS_URL,
    natsSignIn: true,
    fontDirectories: '/usr/share/fonts',
    children: [],
  };
  for (const service of SERVICES) {
    const { PRIVATE_PORT: _, ...values } = environmentOf(service, {
      home,
      servers,
      port: CONSOLE_PORT,
      logLevel: 'info',
    });
    const enrolment = service === 'staff' ? { TERMINAL_ENROLMENT: 'code' } : {};
    await put(`${service}/env`, environmentFile({ ...values, ...enrolment }));
  }
}

async function waitForNats(home: Home): Promise<void> {
  const end = Date.now() + WAIT_FOR_NATS_MS;
  for (;;) {
    try {
      await makeStreams(home, NATS_URL);
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

async function waitForPostgres(url: string): Promise<void> {
  const end = Date.now() + WAIT_FOR_POSTGRES_MS;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

const home = await openHome({ MADOGUCHI_HOME: join(FOLDER, 'home') });
switch (process.argv[2]) {
  case 'secrets':
    await handOutSecrets(home);
    break;
  case 'databases':
    await waitForPostgres(adminUrl(home));
    await makeDatabases(
      home,
      adminUrl(home),
      SERVICES.filter((name) => name !== 'console'),
    );
    await waitForNats(home);
    break;
  default:
    process.stderr.write('usage: init.ts secrets|databases\n');
    process.exitCode = 2;
}
