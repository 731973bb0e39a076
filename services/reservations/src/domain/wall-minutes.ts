/** Minutes since midnight of a wall time `HH:MM`. */
export function wallMinutes(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}
