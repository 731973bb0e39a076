import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Telemetry } from '@madoguchi/telemetry';

export type Readiness = () => { ready: boolean; why?: string };

/** Health, readiness and metrics on a port that is not published. */
export async function startPrivateServer(options: {
  host: string;
  port: number;
  readiness: Readiness;
  telemetry: Telemetry;
}): Promise<{ port: number; stop(): Promise<void> }> {
  const { telemetry, readiness } = options;
  const server = createServer((request, response) => {
    const reply = (status: number, body: string, type = 'application/json'): void => {
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
    };
    if (request.method !== 'GET') return reply(405, '{}');
    switch (request.url ?? '') {
      case '/healthz':
        return reply(200, '{"alive":true}');
      case '/readyz': {
        const state = readiness();
        return reply(state.ready ? 200 : 503, JSON.stringify(state));
      }
      case '/metrics':
        void telemetry.metrics
          .metrics()
          .then((text) => reply(200, text, telemetry.metrics.contentType));
        return undefined;
      default:
        return reply(404, '{}');
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port, options.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
