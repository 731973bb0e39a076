import { readdir } from 'node:fs/promises';
import { SERVICES } from '@madoguchi/contracts';
import { connectNats, ensureStreams, INSTALLATION, natsAuthorization } from '@madoguchi/messaging';
import { createTelemetry } from '@madoguchi/telemetry';
import type { ChildServer } from '@madoguchi/testing';
import {
  AT_WORK,
  findNatsServer,
  startNats,
  startPostgres,
  unpackDebianPackage,
} from '@madoguchi/testing';
import pg from 'pg';
import type { Home } from './home.ts';

/** Where PostgreSQL and NATS are, ours or given. */
export type Servers = {
  postgresAdminUrl: string;
  natsUrl: string;
  /** Services sign in to NATS; not to one that was given, whose users are not ours to make. */
  natsSignIn: boolean;
  fontDirectories: string;
  /** Our own children, to be watched and stopped; none when both are given. */
  children: { name: string; child: ChildServer; restart: () => Promise<ChildServer> }[];
};

/** Fonts a ticket needs, with the checksums of Debian 12's packages. */
const FONTS = [
  [
    'ipaexg.ttf',
    'fonts-ipaexfont-gothic',
    '0e3d7f1f7449ca6424fbe52788dcfe69f65636a9641be1f7cc62bd6cc20f3fd8',
  ],
  [
    'ipaexm.ttf',
    'fonts-ipaexfont-mincho',
    '1165917e97744c542bc832fe4b46fc0d55b446543da6e6773ecc5d036162bccd',
  ],
  ['OCRB.otf', 'fonts-ocr-b', '56e6a6bfe5d77bbb4f0a6964ce1f8ed3679d7c1a138064bcaf6cc3480c3628f3'],
] as const;

const SYSTEM_FONTS = '/usr/share/fonts';

async function hasFile(folder: string, name: string): Promise<boolean> {
  const files = await readdir(folder, { recursive: true }).catch(() => [] as string[]);
  return files.some((file) => file.endsWith(`/${name}`));
}

/** Fonts for printing: the machine's, and what it lacks fetched from Debian without root. */
async function findFonts(home: Home): Promise<string> {
  const own = home.path('fonts');
  for (const [file, name, checksum] of FONTS) {
    if ((await hasFile(SYSTEM_FONTS, file)) || (await hasFile(own, file))) continue;
    await unpackDebianPackage({ name, suite: 'bookworm', pinned: [checksum] }, own).catch(() =>
      process.stderr.write(
        `The font package ${name} could not be fetched; tickets cannot be printed until it is installed.\n`,
      ),
    );
  }
  return `${SYSTEM_FONTS}:${own}`;
}

/** Starts what is not given by DATABASE_URL and NATS_URL, and notes at once how each is stopped. */
export async function startServers(
  home: Home,
  environment: NodeJS.ProcessEnv,
  stops: (() => Promise<void>)[],
): Promise<Servers> {
  const children: Servers['children'] = [];
  let postgresAdminUrl = environment['DATABASE_URL'];
  if (postgresAdminUrl === undefined) {
    const start = () =>
      startPostgres({
        folder: home.path('postgres'),
        port: home.ports.postgres,
        password: home.secrets.postgresPassword,
        settings: AT_WORK,
      });
    const child = await start();
    stops.push(() => child.stop());
    postgresAdminUrl = child.adminUrl();
    children.push({ name: 'PostgreSQL', child, restart: start });
  }
  let natsUrl = environment['NATS_URL'];
  if (natsUrl === undefined) {
    const program = await findNatsServer(home.path('nats-server'));
    const authorization = natsAuthorization(home.secrets.natsKeys);
    const port = home.ports.nats;
    const start = () => startNats({ program, folder: home.path('nats'), port, authorization });
    const child = await start();
    stops.push(() => child.stop());
    children.push({ name: 'NATS', child, restart: start });
    natsUrl = `nats://127.0.0.1:${home.ports.nats}`;
  }
  const natsSignIn = environment['NATS_URL'] === undefined;
  if (natsSignIn) await makeStreams(home, natsUrl);
  return {
    postgresAdminUrl,
    natsUrl,
    natsSignIn,
    fontDirectories: await findFonts(home),
    children,
  };
}

/** Makes the streams with the key of the installation; services may not. */
export async function makeStreams(home: Home, natsUrl: string, signIn = true): Promise<void> {
  const { log } = createTelemetry({ service: INSTALLATION, level: 'silent' });
  const connection = await connectNats({
    servers: natsUrl,
    name: INSTALLATION,
    ...(signIn ? { nkeySeed: home.secrets.natsKeys[INSTALLATION]?.seed } : {}),
    log,
  });
  try {
    await ensureStreams(connection, SERVICES);
  } finally {
    await connection.close();
  }
}

export const databaseOf = (service: string): string => `madoguchi_${service.replaceAll('-', '_')}`;
export const ownerOf = (service: string): string => `${databaseOf(service)}_owner`;
export const appOf = (service: string): string => `${databaseOf(service)}_app`;

/** One database per service, with a role that owns it and a role that works in it. */
export async function makeDatabases(
  home: Home,
  adminUrl: string,
  services: readonly string[],
): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    for (const service of services) {
      const roles = [
        [ownerOf(service), home.secrets.ownerPassword],
        [appOf(service), home.secrets.appPassword],
      ] as const;
      for (const [role, password] of roles) {
        const { rowCount } = await admin.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
        // Made by us from base64url, so there is no quote in it.
        if (rowCount === 0) await admin.query(`CREATE ROLE ${role} LOGIN PASSWORD '${password}'`);
      }
      const name = databaseOf(service);
      const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [
        name,
      ]);
      if (rowCount === 0) await admin.query(`CREATE DATABASE ${name} OWNER ${ownerOf(service)}`);
    }
  } finally {
    await admin.end();
  }
}

/** The address of a service's database for one of its roles. */
export function databaseUrl(
  adminUrl: string,
  service: string,
  role: { name: string; password: string },
): string {
  const url = new URL(adminUrl);
  url.pathname = `/${databaseOf(service)}`;
  url.username = role.name;
  url.password = role.password;
  return url.href;
}
