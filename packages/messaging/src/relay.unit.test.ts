import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RelayOptions } from './relay.ts';
import { startRelay } from './relay.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A relay over a database whose lock another one holds, or nobody. */
function relayOver({ standsBy, taken }: { standsBy: boolean; taken: () => boolean }) {
  let tries = 0;
  let commit = (): void => undefined;
  const query = async (statement: string | { text: string }) => {
    const sql = typeof statement === 'string' ? statement : statement.text;
    return { rows: sql.includes('pg_try_advisory_lock') ? [{ held: !taken() }] : [] };
  };
  const options = {
    source: {
      pool: {
        connect: async () => {
          tries += 1;
          return { query, release: () => undefined };
        },
      },
      onCommit: (listener: () => void) => (commit = listener),
    },
    service: 'calls',
    telemetry: { log: { debug: () => undefined } },
    standsBy,
  } as unknown as RelayOptions;
  const relay = startRelay(options);
  return { relay, tries: () => tries, commit: () => commit() };
}

describe('a relay', () => {
  it('takes up its work at once', async () => {
    const { relay, tries } = relayOver({ standsBy: false, taken: () => false });
    await vi.advanceTimersByTimeAsync(1);
    expect(tries()).toBe(1);
    await relay.stop();
  });

  it('that stands by leaves it to another, however much is committed, and takes over when there is none', async () => {
    let taken = true;
    const { relay, tries, commit } = relayOver({ standsBy: true, taken: () => taken });
    for (let turn = 0; turn < 49; turn += 1) {
      commit();
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(tries()).toBe(0);
    await vi.advanceTimersByTimeAsync(200);
    expect(tries()).toBe(1);
    taken = false;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(tries()).toBe(2);
    // It holds the lock now, and stays.
    await vi.advanceTimersByTimeAsync(20_000);
    expect(tries()).toBe(2);
    await relay.stop();
  });
});
