import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { SERVICES } from '@madoguchi/contracts';
import type { KeyPair } from '@madoguchi/policy';
import { generateSigningKey } from '@madoguchi/policy';
import type { NatsKey } from '@madoguchi/messaging';
import { INSTALLATION, newNatsKey } from '@madoguchi/messaging';
import { freePort, StartFault } from '@madoguchi/testing';

/** Secrets of one installation, made at its first start and kept with mode 0600. */
export type Secrets = {
  postgresPassword: string;
  ownerPassword: string;
  appPassword: string;
  eventKey: string;
  lookupKey: string;
  ctiToken: string;
  keys: Record<string, KeyPair>;
  /** Who signs in to NATS: every service, and the installation itself. */
  natsKeys: Record<string, NatsKey>;
};

export type Ports = { postgres: number; nats: number };

/** The folder that holds all local state. */
export type Home = {
  folder: string;
  secrets: Secrets;
  ports: Ports;
  path: (...parts: string[]) => string;
};

const secret = (): string => randomBytes(32).toString('base64url');

function newSecrets(): Secrets {
  return {
    postgresPassword: secret(),
    ownerPassword: secret(),
    appPassword: secret(),
    eventKey: secret(),
    lookupKey: secret(),
    ctiToken: secret(),
    keys: {},
    natsKeys: {},
  };
}

/** Adds the keys of services that this installation did not know yet. @returns whether there were any */
async function addMissingKeys(secrets: Secrets): Promise<boolean> {
  let added = false;
  for (const service of SERVICES.filter((name) => !secrets.keys[name])) {
    secrets.keys[service] = await generateSigningKey(service);
    added = true;
  }
  // An installation of an earlier version has none of these.
  secrets.natsKeys ??= {};
  for (const name of [...SERVICES, INSTALLATION].filter((one) => !secrets.natsKeys[one])) {
    secrets.natsKeys[name] = newNatsKey();
    added = true;
  }
  return added;
}

/** In one step, so that a crash leaves the old file or the new one. */
async function write(file: string, value: unknown): Promise<void> {
  await writeFile(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

async function kept<T>(file: string, make: () => T | Promise<T>): Promise<T> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text !== undefined) return JSON.parse(text) as T;
  const fresh = await make();
  await write(file, fresh);
  return fresh;
}

/** Less than PostgreSQL and NATS need to make their folders and to write anything after. */
const LEAST_FREE_BYTES = 256 * 1024 * 1024;

const diskFull = (folder: string): StartFault =>
  new StartFault(`The disk that holds ${folder} is full; free some space and start again.`);

/** What a file system says when it cannot take more, or not from us, in one sentence. */
export function storageFault(error: unknown, folder: string): StartFault | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC') return diskFull(folder);
  if (['EACCES', 'EROFS', 'EPERM', 'ENOTDIR', 'EEXIST'].includes(code))
    return new StartFault(
      `${folder} cannot be written to; set MADOGUCHI_HOME to a folder of yours.`,
    );
  return undefined;
}

/**
 * Makes a folder and those above it. Node's own way never ends where a file system takes no folders
 * (`/proc`), since what it is told there sounds like a parent that is missing.
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return;
    if (code !== 'ENOENT') throw error;
    const parent = dirname(folder);
    const orphan = await stat(parent).then(
      () => false,
      () => true,
    );
    if (!orphan || parent === folder)
      throw new StartFault(`${folder} cannot be made; set MADOGUCHI_HOME to a folder of yours.`);
    await makeFolder(parent);
    await mkdir(folder);
  }
}

const folderOf = (environment: NodeJS.ProcessEnv): string =>
  resolve(environment['MADOGUCHI_HOME'] ?? '.madoguchi');

/** The home of an installation that was started before; a wrong folder would get new secrets that open nothing. */
export async function openHomeInUse(environment: NodeJS.ProcessEnv): Promise<Home> {
  const folder = folderOf(environment);
  const secrets = await stat(join(folder, 'secrets.json')).catch(() => undefined);
  if (!secrets)
    throw new StartFault(
      `${folder} holds no installation. Set MADOGUCHI_HOME to the folder of one, or start one there: npm start.`,
    );
  return openHome(environment);
}

/** Opens the folder of MADOGUCHI_HOME, with secrets and ports that stay the same from start to start. */
export async function openHome(environment: NodeJS.ProcessEnv): Promise<Home> {
  const folder = folderOf(environment);
  try {
    await makeFolder(folder);
    // Servers run as another user when we are root, and must get through; what lies here stays closed.
    await chmod(folder, 0o711);
    const { bavail, bsize } = await statfs(folder);
    if (bavail * bsize < LEAST_FREE_BYTES) throw diskFull(folder);
    const secrets = await kept(join(folder, 'secrets.json'), newSecrets);
    if (await addMissingKeys(secrets)) await write(join(folder, 'secrets.json'), secrets);
    const ports = await kept(join(folder, 'ports.json'), async () => ({
      postgres: await freePort(),
      nats: await freePort(),
    }));
    return { folder, secrets, ports, path: (...parts) => join(folder, ...parts) };
  } catch (error) {
    throw storageFault(error, folder) ?? error;
  }
}
