import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Lane } from '@madoguchi/contracts';
import { lanesOf } from '@madoguchi/contracts';
import type { RunningService } from '@madoguchi/service';
import { run } from '@madoguchi/service';
import { StartFault } from '@madoguchi/testing';
import type { LocalOptions } from './environment.ts';
import { environmentOf } from './environment.ts';
import { ALL_SERVICES } from './services.ts';
import { yieldToOperators } from './yield-to-operators.ts';

export type RunningAll = {
  /** Only when all run in this process. */
  get(name: string): RunningService | undefined;
  stop(): Promise<void>;
};

function portFault(error: unknown, port: number): unknown {
  const busy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  return busy
    ? new StartFault(`Port ${port} is in use; stop what uses it or set PORT to another one.`)
    : error;
}

/** Every service in this process. */
export async function runInOneProcess(options: LocalOptions): Promise<RunningAll> {
  const running = new Map<string, RunningService>();
  const stop = async (): Promise<void> => {
    for (const service of [...running.values()].toReversed()) await service.stop();
  };
  try {
    for (const service of ALL_SERVICES)
      running.set(
        service.name,
        await run(service, {
          environment: environmentOf(service.name, options),
        }),
      );
  } catch (error) {
    await stop();
    throw portFault(error, options.port);
  }
  return { get: (name) => running.get(name), stop };
}

const RESTART_AFTER_MS = 300;

function startProcess(name: string, lane: Lane, options: LocalOptions): ChildProcess {
  const entry = fileURLToPath(import.meta.resolve(`@madoguchi/${name}/main`));
  const child = spawn(process.execPath, [entry], {
    env: { ...process.env, ...environmentOf(name, options), ...laneOf(name, lane) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: true,
  });
  if (lane === 'public') yieldToOperators(child.pid);
  return child;
}

/** Waits for a service's process to say that it is ready. */
async function ready(child: ChildProcess, name: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) =>
      reject(
        new StartFault(`${name} could not start (exit code ${code}); its reason stands above.`),
      ),
    );
  });
}

const laneOf = (name: string, lane: Lane) => (lanesOf(name).length > 1 ? { LANES: lane } : {});

/**
 * Every service in a process of its own, and one more for what the public asks of it; one that dies is
 * started again.
 */
export async function runInProcesses(
  options: LocalOptions,
): Promise<RunningAll & { pids(): Record<string, number> }> {
  const children = new Map<string, ChildProcess>();
  let stopping = false;
  const keepAlive = (name: string, lane: Lane): ChildProcess => {
    const child = startProcess(name, lane, options);
    children.set(`${name} ${lane}`, child);
    child.once('exit', (code, signal) => {
      if (stopping) return;
      process.stderr.write(`${name} ended (${signal ?? code}) and is started again.\n`);
      setTimeout(() => stopping || keepAlive(name, lane), RESTART_AFTER_MS);
    });
    return child;
  };
  for (const { name } of ALL_SERVICES)
    for (const lane of lanesOf(name)) await ready(keepAlive(name, lane), name);
  return {
    get: () => undefined,
    pids: () => Object.fromEntries([...children].map(([name, child]) => [name, child.pid ?? 0])),
    async stop() {
      stopping = true;
      for (const child of [...children.values()].toReversed()) {
        if (child.exitCode !== null || child.signalCode !== null) continue;
        const ended = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGTERM');
        await ended;
      }
    },
  };
}
