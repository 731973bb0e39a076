import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { FileRow } from './split-records.ts';
import { recordSplitter } from './split-records.ts';

export type Encoding = 'shift_jis' | 'utf-8';

export type CsvFile = {
  encoding: Encoding;
  /** Records in lots of some hundred, streamed: any number of rows. Throws `BrokenCsv`. */
  lots(): AsyncGenerator<FileRow[]>;
  /** Share of the bytes read so far, 0 to 1, in the reading under way. */
  share(): number;
  /** SHA-256 of the bytes; known after a whole reading. */
  digest(): string;
};

const PIECE_BYTES = 64 * 1024;

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

/** A CSV file that can be read more than once; bytes that mean nothing become U+FFFD and are found in their row. */
export async function openCsv(path: string): Promise<CsvFile> {
  const [encoding, { size }] = await Promise.all([detectEncoding(path), stat(path)]);
  let bytesRead = 0;
  let digest = '';
  return {
    encoding,
    share: () => (size === 0 ? 1 : bytesRead / size),
    digest: () => digest,
    async *lots() {
      const hash = createHash('sha256');
      const decoder = new TextDecoder(encoding);
      const splitter = recordSplitter();
      bytesRead = 0;
      const bytes = createReadStream(path, { highWaterMark: PIECE_BYTES });
      for await (const piece of bytes as AsyncIterable<Buffer>) {
        hash.update(piece);
        bytesRead += piece.length;
        yield splitter.take(decoder.decode(piece, { stream: true }));
      }
      yield [...splitter.take(decoder.decode()), ...splitter.end()];
      digest = hash.digest('hex');
    },
  };
}
