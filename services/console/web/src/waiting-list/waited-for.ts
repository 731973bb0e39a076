/** How long somebody has waited, in whole days and hours; never less than nothing, whatever the clocks say. */
export function waitedFor(since: string, now: number): { days: number; hours: number } {
  const hours = Math.max(0, Math.floor((now - Date.parse(since)) / 3_600_000));
  return { days: Math.floor(hours / 24), hours: hours % 24 };
}
