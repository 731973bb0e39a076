import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';

export type Encoding = 'shift_jis' | 'utf-8';

/** UTF-8, with or without a mark, where the beginning is valid UTF-8; else CP932. */
export async function detectEncoding(path: string): Promise<Encoding> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(65_536), 0, 65_536, 0);
    const head = buffer.subarray(0, bytesRead);
    // The last character may be cut off; it is left out of the judgement.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return 'utf-8';
  } catch {
    return 'shift_jis';
  } finally {
    await file.close();
  }
}

/** One record of the file with the line it begins on (1 is the header). */
export type FileRow = { line: number; values: string[] };

/** Records of a CSV file, streamed: quoted newlines, CRLF or LF, any number of rows. */
export async function* readCsv(path: string): AsyncGenerator<FileRow> {
  const encoding = await detectEncoding(path);
  const text = Readable.toWeb(createReadStream(path)).pipeThrough(
    new TextDecoderStream(encoding) as never,
  );
  const parser = Readable.fromWeb(text as never).pipe(
    parse({ bom: true, info: true, relax_column_count: true, skip_empty_lines: true }),
  );
  for await (const { record, info } of parser as AsyncIterable<{
    record: string[];
    info: { lines: number };
  }>)
    yield { line: info.lines, values: record };
}
