import type { Socket } from 'node:net';
import { connect, createServer } from 'node:net';

/** Where a conversation with a server stops. */
export type Trap = {
  /** Text that marks the connection that is meant; any when left out. */
  marked?: string;
  /** Text of what is sent when the trap springs. */
  on: string;
  /** `before`: it never arrives. `after`: it is done, and no answer comes back. */
  stop: 'before' | 'after';
};

type SetTrap = Trap & { sprung: () => void };

/**
 * A TCP proxy on loopback that stops one conversation at an exact point, so that a process can be killed
 * just there. What is broken off on one side is broken off on the other.
 */
export async function faultProxy(targetPort: number) {
  let trap: SetTrap | undefined;
  const open = new Set<Socket>();

  function converse(client: Socket): void {
    const server = connect({ port: targetPort, host: '127.0.0.1' });
    let marked = false;
    let stopped = false;
    let waiting: SetTrap | undefined;
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      open.add(one);
      one.on('error', () => undefined);
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
    client.on('data', (chunk) => {
      if (stopped) return;
      marked ||= trap?.marked === undefined || chunk.includes(trap.marked);
      if (!trap || !marked || !chunk.includes(trap.on)) {
        server.write(chunk);
        return;
      }
      const sprung = trap;
      trap = undefined;
      if (sprung.stop === 'before') {
        stopped = true;
        sprung.sprung();
        return;
      }
      waiting = sprung;
      server.write(chunk);
    });
    server.on('data', (chunk) => {
      if (waiting) {
        stopped = true;
        waiting.sprung();
        waiting = undefined;
      }
      if (!stopped) client.write(chunk);
    });
  }

  const listener = createServer(converse);
  await new Promise<void>((resolve) => void listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    /** Sets a trap for one conversation; resolves once it has sprung. */
    trap: (wanted: Trap) =>
      new Promise<void>((resolve) => void (trap = { ...wanted, sprung: resolve })),
    async close(): Promise<void> {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}

export type FaultProxy = Awaited<ReturnType<typeof faultProxy>>;
