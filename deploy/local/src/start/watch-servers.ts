import type { Servers } from './servers.ts';

/** A server of ours that is killed is started again; services come back to it by themselves. */
export function watchServers(servers: Servers): { stop(): Promise<void> } {
  let stopping = false;
  const current = new Map(servers.children.map((one) => [one.name, one.child]));
  const watch = (name: string, restart: Servers['children'][number]['restart']): void => {
    void current.get(name)?.exited.then(async () => {
      if (stopping) return;
      process.stderr.write(`${name} ended and is started again.\n`);
      try {
        current.set(name, await restart());
        watch(name, restart);
      } catch (error) {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        process.kill(process.pid, 'SIGTERM');
      }
    });
  };
  for (const { name, restart } of servers.children) watch(name, restart);
  return {
    async stop() {
      stopping = true;
      // NATS first: what is still written goes to the outbox of a living database.
      for (const name of [...current.keys()].toReversed()) await current.get(name)?.stop();
    },
  };
}
