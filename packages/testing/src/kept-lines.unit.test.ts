import { expect, it } from 'vitest';
import { KeptLines } from './kept-lines.ts';

it('gives back every line in order, longer than a chunk or of any script', () => {
  const lines = Array.from(
    { length: 3_000 },
    (_, turn) => `${turn} 髙橋𠮷 ${'長'.repeat(turn % 997)}`,
  );
  lines.push('長'.repeat(5_000_000), 'last');
  const kept = new KeptLines();
  for (const line of lines) kept.add(line);
  expect([...kept]).toEqual(lines);
  expect([...new KeptLines()]).toEqual([]);
});
