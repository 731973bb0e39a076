import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ContextDocument } from '@madoguchi/contracts';
import { edgeApp } from '@madoguchi/http';
import type { Route } from '@madoguchi/http';
import type { Call } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { agentRoutes } from '../agent-api/agent-routes.ts';
import { describingRoutes } from '../api-description/describe-api.ts';
import type { ContextSocket } from '../caller-context/context-socket.ts';
import { startContextSocket } from '../caller-context/context-socket.ts';
import { Desks } from '../caller-context/desks.ts';
import type { consoleConfig } from '../config.ts';
import { receiveEvent } from '../cti/receive-event.ts';
import type { Edge } from '../operator-api/guarded-route.ts';
import { operationRoutes } from '../operator-api/operation-routes.ts';
import { sessionRoutes } from '../operator-api/session-routes.ts';
import { OperatorSessions } from '../sessions/operator-sessions.ts';
import { servePages } from './serve-pages.ts';

export type ConsoleRuntime = Runtime<{ $disconnect(): Promise<void> }, typeof consoleConfig>;

export type RunningEdge = {
  port: number;
  desks: Desks;
  sessionEnded(sessionId: string): void;
  stop(): Promise<void>;
};

/** Every route of the console; nothing outside this list is served. */
export function consoleRoutes(edge: Edge & { call: Call }, runtime: ConsoleRuntime): Route[] {
  const routes = [
    ...sessionRoutes(edge),
    ...operationRoutes(edge),
    receiveEvent(runtime),
    ...agentRoutes(edge.call),
  ];
  return [...routes, ...describingRoutes(routes)];
}

/**
 * Browsers give up an idle connection after five minutes. Whoever gives it up first must be the one that
 * asks: a command sent while the other side closes is lost, and a browser does not send it again.
 */
const KEEP_ALIVE_MS = 310_000;

/** Opens the HTTP edge with its pages and the sockets of the operators. */
export async function startEdge(runtime: ConsoleRuntime): Promise<RunningEdge> {
  const { call, config } = runtime;
  const sessions = new OperatorSessions(call);
  let socket: ContextSocket | undefined;
  const desks = new Desks({
    runtime,
    sessions,
    emit: (operatorId: string, document: ContextDocument) => socket?.emit(operatorId, document),
  });
  const routes = consoleRoutes({ call, sessions, desks }, runtime);
  const server = createServer(
    {
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      keepAliveTimeout: KEEP_ALIVE_MS,
      maxHeaderSize: 16_384,
    },
    edgeApp({ routes, telemetry: runtime.telemetry, pages: servePages }),
  );
  socket = startContextSocket({ server, sessions, desks: () => desks });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(config.PORT, config.HOST, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    desks,
    sessionEnded(sessionId) {
      sessions.forget(sessionId);
      desks.sessionEnded(sessionId);
      socket.endSession(sessionId);
    },
    async stop() {
      await socket.close();
      server.closeAllConnections();
    },
  };
}
