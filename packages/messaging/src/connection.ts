import type { JetStreamClient, JetStreamManager } from '@nats-io/jetstream';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { connect, errors, nkeyAuthenticator } from '@nats-io/transport-node';
import type { Log } from '@madoguchi/telemetry';

export type ConnectionOptions = {
  /** `host:port`, several with commas. */
  servers: string;
  /** Service name; also the prefix of its private inbox. */
  name: string;
  /** nkey seed of this service; absent on a server without sign-in. */
  nkeySeed?: string | undefined;
  log: Log;
};

export type Connection = {
  readonly nats: NatsConnection;
  readonly jetstream: JetStreamClient;
  readonly manager: () => Promise<JetStreamManager>;
  readonly log: Log;
  readonly name: string;
  isConnected(): boolean;
  /** What the server refused to let this service do, in one sentence each. */
  readonly forbidden: readonly string[];
  /** Calls the listener at the next loss of the connection; the answer takes the listener back. */
  onLost(listener: () => void): () => void;
  close(): Promise<void>;
};

/** Oldest server that can be made durable and keeps what a stream is told. */
const OLDEST_SERVER = [2, 10, 23] as const;

function olderThan(version: string, oldest: readonly number[]): boolean {
  const parts = version.split(/[.-]/).map(Number);
  for (const [index, wanted] of oldest.entries()) {
    const part = parts[index] ?? 0;
    if (part !== wanted) return part < wanted;
  }
  return false;
}

/** Connects and stays: a lost connection is taken up again for as long as the process lives. */
export async function connectNats(options: ConnectionOptions): Promise<Connection> {
  const { name, log, nkeySeed } = options;
  const nats = await connect({
    servers: options.servers.split(','),
    name,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 200,
    timeout: 5_000,
    pingInterval: 5_000,
    maxPingOut: 2,
    // A stack for every request costs more than the request's own message; our errors name the operation.
    noAsyncTraces: true,
    inboxPrefix: `_INBOX.${name}`,
    ...(nkeySeed ? { authenticator: nkeyAuthenticator(new TextEncoder().encode(nkeySeed)) } : {}),
  });
  const version = nats.info?.version ?? '0';
  if (olderThan(version, OLDEST_SERVER)) {
    await nats.close();
    throw new Error(
      `nats-server ${version} is too old; ${OLDEST_SERVER.join('.')} or newer is needed`,
    );
  }
  let connected = true;
  const waiting = new Set<() => void>();
  const forbidden: string[] = [];
  const watch = async (): Promise<void> => {
    for await (const status of nats.status()) {
      if (status.type === 'disconnect') {
        connected = false;
        for (const release of waiting) release();
        waiting.clear();
        log.warn({ event: 'nats-disconnected' }, 'connection to NATS lost');
      }
      if (status.type === 'error' && status.error instanceof errors.PermissionViolationError) {
        const { operation, subject } = status.error;
        const sentence = `${name} may not ${operation} ${subject}: TRAFFIC in the contracts does not list it`;
        forbidden.push(sentence);
        log.error({ event: 'nats-forbidden', subject }, sentence);
      }
      if (status.type === 'reconnect') {
        connected = true;
        log.info({ event: 'nats-reconnected' }, 'connected to NATS again');
      }
    }
  };
  void watch();
  return {
    nats,
    jetstream: jetstream(nats, { timeout: 2_000 }),
    manager: () => jetstreamManager(nats, { timeout: 5_000 }),
    log,
    name,
    forbidden,
    isConnected: () => connected && !nats.isClosed(),
    onLost: (listener) => {
      waiting.add(listener);
      return () => void waiting.delete(listener);
    },
    close: () => nats.close(),
  };
}
