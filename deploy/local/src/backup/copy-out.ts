import type { Writable } from 'node:stream';
import type pg from 'pg';

type Wire = {
  query(text: string): void;
  stream: { pause(): void; resume(): void };
};

/**
 * Streams `COPY … TO STDOUT` into a sink, no faster than it takes it. A fault of the sink rejects once
 * the connection is free again. @returns rows
 */
export async function copyOut(
  client: Pick<pg.ClientBase, 'query'>,
  sql: string,
  sink: Writable,
): Promise<number> {
  return new Promise<number>((resolve, reject) => {
    let fault: Error | undefined;
    let rows = 0;
    let resume = (): void => undefined;
    const statement = {
      submit(wire: Wire) {
        resume = () => wire.stream.resume();
        sink.on('drain', resume);
        sink.once('error', (error: Error) => {
          fault ??= error;
          resume();
        });
        wire.query(sql);
      },
      handleCopyData({ chunk }: { chunk: Buffer }, wire: Wire) {
        // The driver writes over its buffer, so the bytes are ours only as a copy.
        if (fault === undefined && !sink.write(Buffer.from(chunk))) wire.stream.pause();
      },
      handleCommandComplete({ text }: { text: string }) {
        rows = Number(/\d+/.exec(text)?.[0] ?? 0);
      },
      handleError(error: Error) {
        reject(fault ?? error);
      },
      handleReadyForQuery() {
        // A sink that is ended at once drains no more, and the connection would stay paused.
        sink.removeListener('drain', resume);
        resume();
        if (fault === undefined) resolve(rows);
        else reject(fault);
      },
    };
    client.query(statement as unknown as pg.Submittable);
  });
}
