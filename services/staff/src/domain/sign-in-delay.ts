/** Wait after failed sign-ins, milliseconds: none for three, then doubling to eight seconds; never a lock-out. */
export function waitAfterFailures(failures: number): number {
  if (failures < 3) return 0;
  return Math.min(8_000, 500 * 2 ** (failures - 3));
}
