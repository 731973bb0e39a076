import type { Lane } from '@madoguchi/contracts';
import { describe, expect, it } from 'vitest';
import { createIntake, laneOf } from './intake.ts';

const token = (claims: object): string =>
  `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;

describe('the lane of a request', () => {
  it.each<[string, string | undefined, Lane]>([
    ['an operator', token({ role: 'operator' }), 'staff'],
    ['a resident', token({ role: 'resident' }), 'public'],
    ['a service', token({ role: 'service' }), 'staff'],
    ['nobody', undefined, 'public'],
    ['garbage', 'x.y.z', 'public'],
    ['half a token', 'x', 'public'],
  ])('of %s', (_who, actor, lane) => expect(laneOf(actor)).toBe(lane));
});

/** An intake whose work ends when the test says so. */
function held(limits: { concurrency: number; waiting: number }) {
  const started: string[] = [];
  const refused: string[] = [];
  const ends = new Map<string, () => void>();
  const intake = createIntake<string>({
    ...limits,
    work: (item) => {
      started.push(item);
      return new Promise((resolve) => ends.set(item, resolve));
    },
    refuse: (item) => void refused.push(item),
  });
  const finish = async (item: string): Promise<void> => {
    ends.get(item)?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { intake, started, refused, finish };
}

describe('an intake', () => {
  it('works on so many at once, keeps so many waiting in order, and refuses the rest at once', async () => {
    const { intake, started, refused, finish } = held({ concurrency: 2, waiting: 2 });
    for (const item of ['a', 'b', 'c', 'd', 'e']) intake.take(item, 'public');
    expect(started).toEqual(['a', 'b']);
    expect(refused).toEqual(['e']);
    await finish('b');
    expect(started).toEqual(['a', 'b', 'c']);
    await finish('a');
    await finish('c');
    await finish('d');
    expect(started).toEqual(['a', 'b', 'c', 'd']);
    await intake.drained();
  });

  it('never lets the public take the places of the staff', () => {
    const { intake, started } = held({ concurrency: 2, waiting: 10 });
    for (const item of ['p1', 'p2', 'p3', 'p4']) intake.take(item, 'public');
    intake.take('operator', 'staff');
    expect(started).toEqual(['p1', 'p2', 'operator']);
  });

  it('turns the public away from a queue that does not move, and never an operator', async () => {
    let now = 0;
    const refused: string[] = [];
    const intake = createIntake<string>({
      concurrency: 1,
      waiting: 100,
      clock: () => now,
      work: () => new Promise(() => undefined),
      refuse: (item) => void refused.push(item),
    });
    for (const lane of ['public', 'staff'] as const)
      for (const item of ['a', 'b']) intake.take(`${lane} ${item}`, lane);
    now = 1_000;
    for (const lane of ['public', 'staff'] as const) intake.take(`${lane} c`, lane);
    expect(refused).toEqual([]);
    now = 1_001;
    for (const lane of ['public', 'staff'] as const) intake.take(`${lane} d`, lane);
    expect(refused).toEqual(['public d']);
  });

  it('lets the loop turn between a few starts and the next', async () => {
    const started: number[] = [];
    const intake = createIntake<number>({
      concurrency: 1_000,
      waiting: 1_000,
      work: async (item) => void started.push(item),
      refuse: () => undefined,
    });
    for (let item = 0; item < 100; item += 1) intake.take(item, 'staff');
    expect(started.length).toBe(16);
    await new Promise((resolve) => setImmediate(resolve));
    expect(started.length).toBe(32);
    await intake.drained();
    expect(started.length).toBe(100);
  });

  it('is drained when the last one is done', async () => {
    const { intake, finish } = held({ concurrency: 1, waiting: 10 });
    intake.take('a', 'staff');
    intake.take('b', 'public');
    let done = false;
    const drained = intake.drained().then(() => (done = true));
    await finish('a');
    expect(done).toBe(false);
    await finish('b');
    await drained;
    expect(done).toBe(true);
  });

  it('keeps order over many thousands', async () => {
    const seen: number[] = [];
    const intake = createIntake<number>({
      concurrency: 3,
      waiting: 10_000,
      refuse: () => undefined,
      work: async (item) => void seen.push(item),
    });
    const items = Array.from({ length: 9_000 }, (_, index) => index);
    for (const item of items) intake.take(item, 'staff');
    await intake.drained();
    expect(seen).toEqual(items);
  });
});
