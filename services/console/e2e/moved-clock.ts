/**
 * Loaded before the product's own code: its process goes by a clock that the test moves. Only what asks for the
 * present is moved; timers and servers beside it go on as they are.
 */
const real = Date;
let ahead = Number(process.env['CLOCK_AHEAD_MS'] ?? 0);
const now = (): number => real.now() + ahead;

globalThis.Date = new Proxy(real, {
  construct: (target, given: unknown[]) =>
    Reflect.construct(target, given.length === 0 ? [now()] : given) as Date,
  get: (target, name) => (name === 'now' ? now : (Reflect.get(target, name) as unknown)),
});

process.on('message', (message: { aheadMs?: number }) => {
  if (message.aheadMs === undefined) return;
  ahead = message.aheadMs;
  process.send?.({ aheadMs: ahead });
});
