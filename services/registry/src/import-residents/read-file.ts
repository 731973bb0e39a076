import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';

export type Encoding = 'shift_jis' | 'utf-8';

/** One record of the file with the line it begins on (the header is line 1). */
export type FileRow = { line: number; values: string[] };

export type CsvFile = {
  encoding: Encoding;
  /** SHA-256 of the bytes. */
  digest: string;
  /** Records, streamed: quoted newlines, CRLF or LF, any number of rows. Throws a broken-CSV error. */
  rows(): AsyncGenerator<FileRow>;
  /** Share of the bytes read so far, 0 to 1. */
  share(): number;
};

/** Longest record; more means that a quote was never closed. */
const LONGEST_RECORD = 100_000;
const LINE_BREAK = /\r\n|\r|\n/gu;

/** UTF-8, with or without a mark, where the beginning is valid UTF-8; else CP932. */
async function detectEncoding(path: string): Promise<Encoding> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(65_536), 0, 65_536, 0);
    // The last character may be cut off; it is left out of the judgement.
    new TextDecoder('utf-8', { fatal: true }).decode(buffer.subarray(0, bytesRead), {
      stream: true,
    });
    return 'utf-8';
  } catch {
    return 'shift_jis';
  } finally {
    await file.close();
  }
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** Did reading fail because the file is no CSV? */
export function isBrokenCsv(error: unknown): error is CsvError & { lines: number } {
  return error instanceof CsvError;
}

/** Text of the file, a piece at a time; bytes that mean nothing become U+FFFD and are found in their row. */
async function* decoded(bytes: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

export async function openCsv(path: string): Promise<CsvFile> {
  const [encoding, digest, { size }] = await Promise.all([
    detectEncoding(path),
    digestOf(path),
    stat(path),
  ]);
  const bytes = createReadStream(path);
  return {
    encoding,
    digest,
    share: () => (size === 0 ? 1 : bytes.bytesRead / size),
    async *rows() {
      const parser = parse({
        bom: true,
        raw: true,
        relax_column_count: true,
        max_record_size: LONGEST_RECORD,
      });
      // A fault on the way ends the parser with it, and with that the loop below.
      pipeline(Readable.from(decoded(bytes, encoding)), parser, () => bytes.destroy());
      const records = parser as AsyncIterable<{ record: string[]; raw: string }>;
      let line = 1;
      for await (const { record, raw } of records) {
        if (record.length > 1 || record[0] !== '') yield { line, values: record };
        // The parser's own count takes a line break inside quotes for two.
        line += raw.match(LINE_BREAK)?.length ?? 0;
      }
    },
  };
}
