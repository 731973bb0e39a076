/** The only way to the current time outside of adapters; tests give a fixed one. */
export type Clock = { now(): Date };

export const systemClock: Clock = { now: () => new Date() };
