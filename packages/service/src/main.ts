import type { Service } from './define-service.ts';
import { run } from './run.ts';

/** Exit codes of a service's process. */
const EXIT = { drained: 0, couldNotStart: 1, bug: 2 } as const;

/** Runs a service as the whole of a process, until it is told to stop. */
export async function main(service: Service): Promise<void> {
  try {
    const running = await run(service);
    const stop = (): void => {
      void running.stop().then(() => process.exit(EXIT.drained));
    };
    process.once('SIGTERM', stop).once('SIGINT', stop);
    process.on('unhandledRejection', (error) => {
      running.runtime.telemetry.log.error({ err: error }, 'unhandled rejection');
      process.exit(EXIT.bug);
    });
    process.send?.({ ready: service.name, privatePort: running.privatePort });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${service.name} could not start: ${reason}\n`);
    process.exit(EXIT.couldNotStart);
  }
}
