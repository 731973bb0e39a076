import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { GenericContainer, Wait } from 'testcontainers';
import type { NatsOptions } from './nats-server.ts';
import { natsConfiguration } from './nats-server.ts';

/**
 * The same NATS from a container, for `TEST_BACKEND=containers`. Its store lies in the folder outside,
 * so that one that was killed starts again with what it had.
 */
export async function startContainerNats(options: Omit<NatsOptions, 'program'>) {
  const { folder, port, authorization } = options;
  const store = join(folder, 'jetstream');
  await mkdir(store, { recursive: true });
  const configuration = natsConfiguration({
    listen: '0.0.0.0:4222',
    store: '/data',
    authorization,
  });
  const container = await new GenericContainer(process.env['TEST_NATS_IMAGE'] ?? 'nats:2.10')
    .withCommand(['-c', '/etc/nats-test.conf'])
    .withCopyContentToContainer([{ content: configuration, target: '/etc/nats-test.conf' }])
    .withBindMounts([{ source: store, target: '/data' }])
    .withExposedPorts({ container: 4222, host: port })
    .withWaitStrategy(Wait.forLogMessage(/Server is ready/))
    .start();
  return {
    port,
    url: `nats://127.0.0.1:${port}`,
    stop: async () => void (await container.stop()),
    // No time to end by itself: SIGKILL at once.
    kill: async () => void (await container.stop({ timeout: 0 })),
  };
}
