const CHUNK_BYTES = 4 * 1024 * 1024;
/** UTF-8 bytes that a UTF-16 unit takes at most. */
const BYTES_A_UNIT = 3;
const LINE_END = 10;

/**
 * Lines kept in order, outside the heap: a million answers held as objects are the garbage collector's work,
 * on the same two cores that bear what is measured.
 */
export class KeptLines {
  readonly #chunks: { bytes: Buffer; used: number }[] = [];

  /** @param line without an end of line of its own, as JSON is */
  add(line: string): void {
    const chunk = this.#roomFor(line.length * BYTES_A_UNIT + 1);
    chunk.used += chunk.bytes.write(line, chunk.used);
    chunk.bytes[chunk.used++] = LINE_END;
  }

  *[Symbol.iterator](): Generator<string> {
    for (const { bytes, used } of this.#chunks)
      yield* bytes.toString('utf8', 0, used - 1).split('\n');
  }

  #roomFor(size: number): { bytes: Buffer; used: number } {
    const last = this.#chunks.at(-1);
    if (last && last.bytes.length - last.used >= size) return last;
    const next = { bytes: Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, size)), used: 0 };
    this.#chunks.push(next);
    return next;
  }
}
