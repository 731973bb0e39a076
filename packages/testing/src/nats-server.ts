import { execFile } from 'node:child_process';
import { chmod, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { ChildServer } from './child-server.ts';
import { endLeftover, portAnswers, serverFolder, startChild, StartFault } from './child-server.ts';
import { unpackDebianPackage } from './debian-package.ts';

const run = promisify(execFile);

/** Older servers cannot be made durable, or drop stream options silently. */
const OLDEST = [2, 10, 23];

async function isGood(program: string): Promise<boolean> {
  try {
    const { stdout } = await run(program, ['--version']);
    const parts = (/v(\d+)\.(\d+)\.(\d+)/.exec(stdout) ?? []).slice(1).map(Number);
    const difference = OLDEST.map((wanted, index) => (parts[index] ?? -1) - wanted).find(
      (d) => d !== 0,
    );
    return (difference ?? 0) >= 0;
  } catch {
    return false;
  }
}

/**
 * A nats-server of 2.10.23 or newer: from NATS_SERVER, PATH, or the folder of an earlier fetch; else
 * Debian 13's package, unpacked there without root.
 */
export async function findNatsServer(folder: string): Promise<string> {
  const fetched = join(folder, 'usr', 'sbin', 'nats-server');
  const candidates = [
    process.env['NATS_SERVER'],
    ...(process.env['PATH'] ?? '').split(delimiter).map((path) => join(path, 'nats-server')),
    '/usr/sbin/nats-server',
    fetched,
  ];
  for (const candidate of candidates) if (candidate && (await isGood(candidate))) return candidate;
  try {
    await unpackDebianPackage(
      {
        name: 'nats-server',
        suite: 'trixie',
        pinned: ['6d913ac987b78734c08537c2adeb1526cf735f216173a9170d94b185fcfe6f8a'],
      },
      folder,
    );
    await chmod(fetched, 0o755);
  } catch (error) {
    const why = error instanceof StartFault ? ` (${error.message})` : '';
    throw new StartFault(
      `No nats-server ${OLDEST.join('.')} or newer was found or could be fetched${why}. Install one and put it on PATH, or set NATS_URL.`,
    );
  }
  if (!(await isGood(fetched)))
    throw new StartFault('The fetched nats-server does not run on this machine.');
  return fetched;
}

export type NatsOptions = {
  program: string;
  folder: string;
  port: number;
  /** Lines for the `authorization` block; absent lets anyone on loopback in (tests). */
  authorization?: string;
};

export type NatsServer = ChildServer & { port: number; url: string };

/** The server's settings, the same for a child process and for a container. */
export function natsConfiguration(options: {
  listen: string;
  store: string;
  pidFile?: string;
  authorization?: string | undefined;
}): string {
  return [
    `listen: "${options.listen}"`,
    options.pidFile === undefined ? '' : `pid_file: "${options.pidFile}"`,
    'max_payload: 8MB',
    // Every write is on the disk before it is acknowledged.
    `jetstream { store_dir: "${options.store}", sync_interval: always, max_file_store: 50GB }`,
    options.authorization ?? '',
    '',
  ].join('\n');
}

/** Starts NATS with JetStream as a child process. */
export async function startNats(options: NatsOptions): Promise<NatsServer> {
  const ids = await serverFolder(options.folder);
  const store = join(options.folder, 'jetstream');
  await serverFolder(store);
  const configuration = join(options.folder, 'nats.conf');
  const pidFile = join(options.folder, 'nats.pid');
  await endLeftover(pidFile, 'SIGTERM', (command) => command.includes('nats-server'));
  const { authorization } = options;
  const listen = `127.0.0.1:${options.port}`;
  await writeFile(configuration, natsConfiguration({ listen, store, pidFile, authorization }), {
    mode: 0o644,
  });
  const child = await startChild({
    command: options.program,
    arguments: ['-c', configuration],
    logFile: join(options.folder, 'nats.log'),
    ids,
    stopSignal: 'SIGTERM',
    isUp: () => portAnswers(options.port),
    title: 'NATS',
  });
  return { ...child, port: options.port, url: `nats://127.0.0.1:${options.port}` };
}
