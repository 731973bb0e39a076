/** A set of places in a file, one bit each. */
export type RowMarks = { add(place: number): void; has(place: number): boolean; size(): number };

export function rowMarks(): RowMarks {
  let bits = new Uint8Array(1 << 16);
  let size = 0;
  return {
    size: () => size,
    has: (place) => ((bits[place >> 3] ?? 0) & (1 << (place & 7))) !== 0,
    add(place) {
      if (place >> 3 >= bits.length) {
        const larger = new Uint8Array(Math.max(bits.length * 2, (place >> 3) + 1));
        larger.set(bits);
        bits = larger;
      }
      bits[place >> 3] = (bits[place >> 3] ?? 0) | (1 << (place & 7));
      size += 1;
    },
  };
}
