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
  let again: ReturnType<typeof setTimeout> | undefined;
  const socket = io({
    transports: ['websocket'],
    reconnectionDelay: RECONNECT_MS.shortest,
    reconnectionDelayMax: RECONNECT_MS.longest,
    randomizationFactor: 0.5,
  });
  const open = (): void => {
    socket.connect();
  };
  socket.on('connect', () => listener.onLine('connected'));
  socket.on('disconnect', (reason) => {
    listener.onLine('reconnecting');
    // The library does not come back by itself when the server ended it, e.g. with the session.
    if (reason === 'io server disconnect') again = setTimeout(open, RECONNECT_MS.longest);
  });
  socket.on('connect_error', () => listener.onLine('reconnecting'));
  socket.on('context', (document: ContextDocument) => listener.onDocument(document));
  return () => {
    clearTimeout(again);
    socket.removeAllListeners();
    socket.disconnect();
  };
}
