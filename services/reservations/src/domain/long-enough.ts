const SHORTEST_REASON = 10;

/** A reason that says something, for the history; undefined where it is too short. */
export function longEnough(reason: string): string | undefined {
  const text = reason.trim();
  return Array.from(text).length < SHORTEST_REASON ? undefined : text;
}
