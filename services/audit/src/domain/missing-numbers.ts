/** An entry's place in its writer's own numbering. */
export type Numbered = { lane: number; seq: number };

/**
 * The first number that is missing in each lane, given what arrives (each lane in order) and the last
 * number that each lane has reached. What comes again is not missing.
 */
export function missingNumbers(
  arriving: readonly Numbered[],
  reached: ReadonlyMap<number, number>,
): Numbered[] {
  const last = new Map(reached);
  const missing = new Map<number, Numbered>();
  for (const { lane, seq } of arriving) {
    const before = last.get(lane) ?? 0;
    if (seq > before + 1 && !missing.has(lane)) missing.set(lane, { lane, seq: before + 1 });
    last.set(lane, Math.max(before, seq));
  }
  return [...missing.values()];
}
