/** Points that refill with time; costly requests take more of them. */
export class TokenBuckets {
  readonly #capacity: number;
  readonly #perSecond: number;
  readonly #buckets = new Map<string, { points: number; at: number }>();

  constructor(limits: { capacity: number; perSecond: number }) {
    this.#capacity = limits.capacity;
    this.#perSecond = limits.perSecond;
  }

  /** Takes points of a caller's bucket; the wait in milliseconds when there are not enough, else 0. */
  take(caller: string, points: number, now: number): number {
    const known = this.#buckets.get(caller) ?? { points: this.#capacity, at: now };
    const refilled = Math.min(
      this.#capacity,
      known.points + ((now - known.at) / 1000) * this.#perSecond,
    );
    const enough = refilled >= points;
    this.#buckets.set(caller, { points: enough ? refilled - points : refilled, at: now });
    if (this.#buckets.size > 10_000) this.#buckets.delete(this.#buckets.keys().next().value ?? '');
    return enough ? 0 : Math.ceil(((points - refilled) / this.#perSecond) * 1000);
  }
}
