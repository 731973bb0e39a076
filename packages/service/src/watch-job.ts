import type { Runtime } from './define-service.ts';

const SAID_AGAIN_EVERY_MS = 60_000;

/** Says that a job fails at its first failure and once a minute after, however often it runs, and that it works again. */
export function watchJob(job: string, log: Pick<Runtime['telemetry']['log'], 'warn' | 'info'>) {
  let failures = 0;
  let saidAt = 0;
  return {
    failed: (error: unknown): void => {
      failures += 1;
      if (failures > 1 && performance.now() - saidAt < SAID_AGAIN_EVERY_MS) return;
      saidAt = performance.now();
      log.warn({ job, failures, err: error }, 'job failed, will run again');
    },
    succeeded: (): void => {
      if (failures > 0) log.info({ job, failures }, 'job works again');
      failures = 0;
    },
  };
}
