import type { Service } from '@madoguchi/service';

/**
 * All services share this process: a connection in use that PostgreSQL ends must fail its own query and
 * nothing else. Heard at each hand-over, since the first connection is older than the wiring.
 */
export function outliveDatabase(service: Service): Service {
  if (!service.prisma) return service;
  return {
    ...service,
    wire(runtime) {
      const heard = new WeakSet<object>();
      runtime.database.pool.on('acquire', (client) => {
        if (heard.has(client)) return;
        heard.add(client);
        client.on('error', (error) =>
          runtime.telemetry.log.warn({ err: error }, 'database connection lost'),
        );
      });
      return service.wire(runtime);
    },
  };
}
