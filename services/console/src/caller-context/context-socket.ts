import type { Server as HttpServer } from 'node:http';
import type { ContextDocument } from '@madoguchi/contracts';
import { Server } from 'socket.io';
import type { Socket } from 'socket.io';
import { cookieOf, SESSION_COOKIE, TERMINAL_COOKIE, userAgentClass } from '../sessions/cookies.ts';
import type { OperatorSession, OperatorSessions } from '../sessions/operator-sessions.ts';
import { isSameOrigin } from '../sessions/request-origin.ts';
import type { Desks } from './desks.ts';

export type ContextSocket = {
  emit(operatorId: string, document: ContextDocument): void;
  /** Cuts off the pages of a session that ended. */
  endSession(sessionId: string): void;
  close(): Promise<void>;
};

type Parts = { server: HttpServer; sessions: OperatorSessions; desks: () => Desks };

const header =
  (headers: Record<string, string | string[] | undefined>) =>
  (name: string): string | undefined => {
    const value = headers[name];
    return Array.isArray(value) ? value[0] : value;
  };

async function sessionOf(
  socket: Socket,
  sessions: OperatorSessions,
): Promise<OperatorSession | undefined> {
  const { cookie, 'user-agent': agent } = socket.request.headers;
  const secret = cookieOf(cookie, SESSION_COOKIE);
  if (secret === undefined) return undefined;
  const proof = {
    terminalSecret: cookieOf(cookie, TERMINAL_COOKIE),
    userAgentClass: userAgentClass(agent),
  };
  const session = await sessions.find(secret, proof);
  return session.ok ? session.value : undefined;
}

/**
 * One WebSocket per page that brings the operator's own document, whole, at every change and after every
 * reconnect. Pages send nothing over it; whoever does is cut off.
 */
export function startContextSocket({ server, sessions, desks }: Parts): ContextSocket {
  const io = new Server(server, {
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: 4_096,
    pingInterval: 10_000,
    pingTimeout: 15_000,
    allowRequest: (request, decide) =>
      decide(
        null,
        isSameOrigin(header(request.headers)) &&
          (request.headers.cookie ?? '').includes(SESSION_COOKIE),
      ),
  });
  io.use((socket, next) => {
    sessionOf(socket, sessions)
      .then((session) => {
        if (!session) return next(new Error('unauthenticated'));
        socket.data = { session };
        return next();
      })
      .catch(() => next(new Error('unauthenticated')));
  });
  io.on('connection', (socket) => {
    const { session } = socket.data as { session: OperatorSession };
    void socket.join([`operator:${session.worker.operatorId}`, `session:${session.sessionId}`]);
    socket.onAny(() => socket.disconnect(true));
    desks()
      .of(session)
      .then((desk) => socket.emit('context', desk.document()))
      .catch(() => socket.disconnect(true));
  });
  return {
    emit: (operatorId, document) => void io.to(`operator:${operatorId}`).emit('context', document),
    endSession: (sessionId) => io.in(`session:${sessionId}`).disconnectSockets(true),
    close: async () => {
      io.disconnectSockets(true);
      await io.close();
    },
  };
}
