import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** For what was told to end just before; a busy machine needs its time, ms. */
const ENDING_LIMIT_MS = 5_000;
/** Time for servers to end in good order, ms; in steps of. */
const END_LIMIT_MS = 10_000;
const STEP_MS = 50;
/** After a signal, what a program has to end by itself, ms. */
const GRACE_MS = 15_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It ended meanwhile, or is another user's.
    return '';
  }
};

/** Pids of all programs; none where the system does not show them as Linux does. */
function allProcesses(): string[] {
  try {
    return readdirSync('/proc');
  } catch {
    return [];
  }
}

/** Programs that work in a folder: it stands in their command, or is their TMPDIR. Their pids, and commands. */
function processesIn(folder: string): { pid: number; command: string }[] {
  return allProcesses()
    .filter((name) => /^\d+$/u.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      const command = read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();
      const inside =
        command.includes(`${folder}/`) ||
        read(`/proc/${pid}/environ`)
          .split('\0')
          .some((one) => one === `TMPDIR=${folder}` || one.startsWith(`TMPDIR=${folder}/`));
      return inside && command !== '' ? [{ pid: Number(pid), command }] : [];
    });
}

function signal(folder: string, name: NodeJS.Signals): void {
  for (const { pid } of processesIn(folder))
    try {
      process.kill(pid, name);
    } catch {
      // It ended meanwhile.
    }
}

async function untilEmpty(folder: string, limitMs: number): Promise<void> {
  for (let waited = 0; waited < limitMs && processesIn(folder).length > 0; waited += STEP_MS)
    await pause(STEP_MS);
}

/**
 * Ends every program that works in a folder, and removes it. Gives what there was to end and to remove, as
 * sentences; nothing where whoever worked there left it clean.
 */
export async function sweep(folder: string): Promise<string[]> {
  await untilEmpty(folder, ENDING_LIMIT_MS);
  const left = [
    ...processesIn(folder).map(({ pid, command }) => `process ${pid}: ${command.slice(0, 120)}`),
    ...readdirSync(folder).map((name) => `in the temporary folder: ${name}`),
  ];
  signal(folder, 'SIGINT');
  await untilEmpty(folder, END_LIMIT_MS);
  signal(folder, 'SIGKILL');
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  return left;
}

/** A new temporary folder; its name is short, since sockets of servers and browsers lie below. */
export function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'md-'));
  // Servers that root starts run as another user, and have to get through.
  chmodSync(folder, 0o755);
  return folder;
}

export type Ran = {
  status: number;
  /** What it left behind: none where a signal ended it, since it had no time. */
  leftBehind: string[];
  /** Where files are now that were meant to be kept. */
  kept: string[];
};

/**
 * Runs a program with a temporary folder of its own (TMPDIR). When it ends, also by a signal to us, everything that
 * it started ends too and the folder goes; files that it means to be kept are moved beside it.
 */
export async function runInOwnFolder(
  command: string,
  given: readonly string[],
  options: { cwd?: string; environment?: Record<string, string>; keep?: RegExp } = {},
): Promise<Ran> {
  const outside = tmpdir();
  const folder = ownFolder();
  const child = spawn(command, given, {
    cwd: options.cwd,
    stdio: 'inherit',
    env: { ...process.env, ...options.environment, TMPDIR: folder },
  });
  let interrupted: NodeJS.Signals | undefined;
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of signals)
    process.on(name, () => {
      interrupted ??= name;
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), GRACE_MS).unref();
    });
  const status = await new Promise<number>((resolve) => {
    child.once('close', (code) => resolve(code ?? 1)).once('error', () => resolve(127));
  });
  const kept: string[] = [];
  for (const name of interrupted ? [] : readdirSync(folder))
    if (options.keep?.test(name)) {
      renameSync(join(folder, name), join(outside, name));
      kept.push(join(outside, name));
    }
  const leftBehind = await sweep(folder);
  return interrupted ? { status: status || 1, leftBehind: [], kept } : { status, leftBehind, kept };
}
