import type { registryAlive } from '@madoguchi/contracts';
import { FEED_ALIVE_EVERY_MS } from '@madoguchi/contracts';
import type { Part, Runtime } from './define-service.ts';
import { listener } from './define-service.ts';
import { itself } from './itself.ts';

type FeedAlive = typeof registryAlive;

/**
 * Says through the outbox, at the start and every 15 s, that the feed of this service is alive. It travels
 * behind everything told before, so whoever hears it has heard that too.
 */
export function tellsAlive(runtime: Runtime, type: FeedAlive): Part {
  const who = itself(runtime);
  const tell = (): Promise<void> => {
    const at = runtime.clock.now();
    return runtime.database.transaction(who, async (tx) =>
      tx.record({
        type,
        aggregateId: type.service,
        aggregateVersion: at.getTime(),
        payload: { at: at.toISOString() },
      }),
    );
  };
  return listener('feed-alive', async () => {
    await tell();
    let telling = Promise.resolve();
    const timer = setInterval(() => {
      telling = tell().catch((error: unknown) =>
        runtime.telemetry.log.warn({ err: error }, 'the sign of life waits'),
      );
    }, FEED_ALIVE_EVERY_MS);
    return {
      async stop() {
        clearInterval(timer);
        await telling;
      },
    };
  });
}
