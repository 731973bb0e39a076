import type { ContextDocument } from '@madoguchi/contracts';
import { io } from 'socket.io-client';
import type { LineListener } from './gateway.ts';

/** Spread of the first reconnect attempts, so that a restart is not stampeded; ms. */
const RECONNECT_MS = { shortest: 500, longest: 5_000 };

/**
 * Opens the socket of this operator. The server sends the whole current document at every connect, so
 * nothing is asked for what was missed.
 */
export function followLine(listener: LineListener): () => void {
  const socket = io({
    transports: ['websocket'],
    reconnectionDelay: RECONNECT_MS.shortest,
    reconnectionDelayMax: RECONNECT_MS.longest,
    randomizationFactor: 0.5,
  });
  socket.on('connect', () => listener.onLine('connected'));
  socket.on('disconnect', (reason) => {
    listener.onLine('reconnecting');
    // The server ended it on purpose, e.g. the session is over: try again, it will say why.
    if (reason === 'io server disconnect') socket.connect();
  });
  socket.on('connect_error', () => listener.onLine('reconnecting'));
  socket.on('context', (document: ContextDocument) => listener.onDocument(document));
  return () => {
    socket.removeAllListeners();
    socket.disconnect();
  };
}
