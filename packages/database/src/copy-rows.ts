import type { Writable } from 'node:stream';
import pg from 'pg';

/** What PostgreSQL's wire gives a running statement; the driver calls these by name. */
type Wire = {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  stream: Pick<Writable, 'writableNeedDrain' | 'once' | 'removeListener'>;
};

/** Waits while the server takes what was sent; ends also when the connection does. */
async function drained({ stream }: Wire): Promise<void> {
  if (!stream.writableNeedDrain) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const done = (): void => resolve();
  stream.once('drain', done);
  stream.once('close', done);
  await promise;
  stream.removeListener('drain', done);
  stream.removeListener('close', done);
}

/** A cell of COPY's text format: null, text, or a list of texts (`text[]`). */
export type CopyCell = string | number | boolean | null | readonly string[];

const SPECIAL = /[\\\n\r\t]/u;
const NAMES: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const escaped = (text: string): string =>
  SPECIAL.test(text) ? text.replace(/[\\\n\r\t]/gu, (one) => NAMES[one] ?? one) : text;

function cell(value: CopyCell): string {
  if (value === null) return '\\N';
  if (typeof value === 'string') return escaped(value);
  if (!Array.isArray(value)) return String(value);
  const items = value.map((item: string) => `"${item.replace(/["\\]/gu, '\\$&')}"`);
  return escaped(`{${items.join(',')}}`);
}

/** Cells of a line of COPY's text format. */
export const copyCells = (cells: readonly CopyCell[]): string => cells.map(cell).join('\t');

/** One line of it, its end included. */
export const copyLine = (cells: readonly CopyCell[]): string => `${copyCells(cells)}\n`;

/**
 * Streams pieces of text to `COPY … FROM STDIN`, no faster than the server takes them. A fault of the
 * source rejects, after the server has thrown the rows away.
 */
export async function copyRows(
  client: Pick<pg.ClientBase, 'query'>,
  sql: string,
  pieces: AsyncIterable<string> | Iterable<string>,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    let fault: unknown;
    const send = async (wire: Wire): Promise<void> => {
      for await (const piece of pieces) {
        if (fault !== undefined) return;
        wire.sendCopyFromChunk(Buffer.from(piece, 'utf8'));
        await drained(wire);
      }
      wire.endCopyFrom();
    };
    // A query of the driver's own kind: no other may share a connection that sends ahead.
    const statement = new pg.Query(sql, undefined, (error: Error | null | undefined) => {
      fault ??= error ?? undefined;
      if (fault === undefined) resolve();
      else reject(fault);
    });
    Object.assign(statement, {
      handleCopyInResponse(wire: Wire & { sendCopyFail(reason: string): void }) {
        send(wire).catch((error: unknown) => {
          fault = error;
          wire.sendCopyFail('the source ended');
        });
      },
    });
    client.query(statement);
  });
}
