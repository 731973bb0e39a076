import { RetentionPolicy, StorageType } from '@nats-io/jetstream';
import type { JetStreamManager, StreamConfig } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import type { Connection } from './connection.ts';

export const RETENTION_MS = 35 * 24 * 3_600_000;
export const DEDUPLICATION_MS = 120_000;
export const DEAD_LETTERS = 'DLQ';

export const streamOf = (service: string): string =>
  `EV_${service.toUpperCase().replaceAll('-', '_')}`;

type Wanted = Pick<StreamConfig, 'name' | 'subjects' | 'storage' | 'retention' | 'max_age'> &
  Partial<StreamConfig>;

const wantedStream = (name: string, subjects: string[]): Wanted => ({
  name,
  subjects,
  storage: StorageType.File,
  retention: RetentionPolicy.Limits,
  max_age: nanos(RETENTION_MS),
  duplicate_window: nanos(DEDUPLICATION_MS),
});

async function ensure(manager: JetStreamManager, wanted: Wanted): Promise<void> {
  const found = await manager.streams.info(wanted.name).catch(() => undefined);
  const info = found
    ? await manager.streams.update(wanted.name, wanted)
    : await manager.streams.add(wanted);
  // Older servers drop options they do not know without a word; read back what really holds.
  const drifted = Object.entries(wanted).filter(
    ([key, value]) =>
      JSON.stringify(info.config[key as keyof StreamConfig]) !== JSON.stringify(value),
  );
  if (drifted.length > 0)
    throw new Error(`stream ${wanted.name} differs in ${drifted.map(([key]) => key).join(', ')}`);
}

/** Fails when a service's stream is not there, with the way to make it. */
export async function requireStream(connection: Connection, service: string): Promise<void> {
  const manager = await connection.manager();
  const stream = streamOf(service);
  await manager.streams.info(stream).catch((error: unknown) => {
    throw new Error(`stream ${stream} is missing; \`madoguchi migrate\` makes it`, {
      cause: error,
    });
  });
}

/** Makes the streams of these services and the dead-letter stream what they have to be. */
export async function ensureStreams(
  connection: Connection,
  services: readonly string[],
): Promise<void> {
  const manager = await connection.manager();
  for (const service of new Set(services))
    await ensure(manager, wantedStream(streamOf(service), [`ev.${service}.>`]));
  await ensure(manager, wantedStream(DEAD_LETTERS, ['dlq.>']));
}
