import { randomInt } from 'node:crypto';
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { chown, mkdir, readFile, rm } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';

/** A server program of ours that runs beside us. */
export type ChildServer = {
  readonly pid: number;
  readonly exited: Promise<number | null>;
  /** Asks it to end, and waits. */
  stop(): Promise<void>;
  /** SIGKILL, as a crash would. */
  kill(): Promise<void>;
};

/** A fault that one sentence explains; printed without a stack. */
export class StartFault extends Error {
  override readonly name = 'StartFault';
}

/** PostgreSQL replays its log after a crash, which takes its time on a busy disk. */
const START_LIMIT_MS = 120_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** PostgreSQL refuses root; started by root, our servers run as an unprivileged user. */
export async function unprivilegedIds(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  const row =
    lines.find(([name]) => name === 'postgres') ?? lines.find(([name]) => name === 'nobody');
  if (!row)
    throw new StartFault('PostgreSQL cannot run as root, and there is no user to run it as.');
  return { uid: Number(row[2]), gid: Number(row[3]) };
}

/** Makes a folder that only its server's user may enter. */
export async function serverFolder(
  path: string,
): Promise<{ uid: number; gid: number } | undefined> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const ids = await unprivilegedIds();
  if (ids) await chown(path, ids.uid, ids.gid);
  return ids;
}

/**
 * Below the ports that systems give to outgoing connections (Linux from 32768, others from 49152), and above
 * the last that browsers refuse (10080).
 */
const FREE_PORTS = { from: 11_000, below: 32_768 };
const TRIES = 100;

/**
 * A port that nothing listens on. One that the system would choose may be given to somebody's outgoing
 * connection before the server is up; these are given to nobody who does not ask for them.
 */
export async function freePort(): Promise<number> {
  for (let turn = 0; turn < TRIES; turn += 1) {
    const port = randomInt(FREE_PORTS.from, FREE_PORTS.below);
    const server = createServer();
    const free = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!free) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
  throw new Error('no free port');
}

export async function portAnswers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

export type ChildOptions = {
  command: string;
  arguments: readonly string[];
  logFile: string;
  ids?: { uid: number; gid: number } | undefined;
  environment?: Record<string, string>;
  /** Signal that makes it end in good order. */
  stopSignal: NodeJS.Signals;
  /** True once it serves. */
  isUp: () => Promise<boolean>;
  /** What to call it in a sentence. */
  title: string;
};

/** Starts a server in its own process group, so that Ctrl-C reaches us first. */
export async function startChild(options: ChildOptions): Promise<ChildServer> {
  const log = openSync(options.logFile, 'a');
  const child: ChildProcess = spawn(options.command, [...options.arguments], {
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, ...options.environment },
    ...options.ids,
  });
  closeSync(log);
  let ended = false;
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code)).once('error', () => resolve(127));
  }).then((code) => {
    ended = true;
    return code;
  });
  const deadline = Date.now() + START_LIMIT_MS;
  while (!(await options.isUp())) {
    if (ended || Date.now() > deadline) {
      // Left alone, it would stand in the way of the next one.
      child.kill('SIGKILL');
      await exited;
      const tail = (await readFile(options.logFile, 'utf8').catch(() => ''))
        .trim()
        .split('\n')
        .at(-1);
      throw new StartFault(`${options.title} did not start: ${tail ?? 'no reason given'}`);
    }
    await pause(20);
  }
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (!ended) child.kill(signal);
    await exited;
  };
  return {
    pid: child.pid ?? 0,
    exited,
    stop: () => end(options.stopSignal),
    kill: () => end('SIGKILL'),
  };
}

/** Ends a server that an earlier run left behind, found by its pid file. */
export async function endLeftover(
  pidFile: string,
  signal: NodeJS.Signals,
  isOurs: (command: string) => boolean,
) {
  const pid = Number((await readFile(pidFile, 'utf8').catch(() => '')).split('\n')[0]);
  if (!(pid > 1)) return;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  if (isOurs(command)) {
    process.kill(pid, signal);
    for (let tries = 0; tries < 200; tries += 1) {
      if ((await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')) === '') break;
      await pause(50);
    }
  }
  await rm(pidFile, { force: true });
}
