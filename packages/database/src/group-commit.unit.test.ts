import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGroupCommit } from './group-commit.ts';

const databaseError = (code: string): Error =>
  Object.assign(new Error('from the database'), { code });
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A store that takes its time, refuses batches with a bad command in them, and remembers what it wrote. */
function slowStore(bad: ReadonlySet<number> = new Set()) {
  const written: number[] = [];
  const batches: number[][] = [];
  return {
    written,
    batches,
    commit: async (commands: readonly number[]): Promise<string[]> => {
      batches.push([...commands]);
      await turn();
      if (commands.some((one) => bad.has(one))) throw databaseError('23514');
      written.push(...commands);
      return commands.map((one) => `done ${one}`);
    },
  };
}

describe('a group commit', () => {
  it('writes what arrives while a batch is under way with the next one, in order', async () => {
    const store = slowStore();
    const group = createGroupCommit({ commit: store.commit, limit: 3, keyOf: String });
    const first = group.submit(1);
    await Promise.resolve();
    await Promise.resolve();
    const others = [2, 3, 4, 5, 6].map((one) => group.submit(one));
    expect(group.waiting).toBe(5);
    expect(await Promise.all([first, ...others])).toEqual(
      [1, 2, 3, 4, 5, 6].map((one) => `done ${one}`),
    );
    expect(store.batches).toEqual([[1], [2, 3, 4], [5, 6]]);
  });

  it('lets a bad command spoil nobody else’s, wherever it stands', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.nat(200), { minLength: 1, maxLength: 60 }),
        fc.array(fc.nat(200), { maxLength: 5 }),
        fc.integer({ min: 1, max: 20 }),
        async (commands, badOnes, limit) => {
          const bad = new Set(badOnes);
          const store = slowStore(bad);
          const group = createGroupCommit({ commit: store.commit, limit, keyOf: String });
          const outcomes = await Promise.allSettled(commands.map((one) => group.submit(one)));
          for (const [index, outcome] of outcomes.entries()) {
            const command = commands[index] ?? -1;
            expect(outcome.status).toBe(bad.has(command) ? 'rejected' : 'fulfilled');
            if (outcome.status === 'fulfilled') expect(outcome.value).toBe(`done ${command}`);
          }
          expect(store.written).toEqual(commands.filter((one) => !bad.has(one)));
          for (const batch of store.batches) expect(batch.length).toBeLessThanOrEqual(limit);
        },
      ),
    );
  });

  it('begins a second batch beside the first only when enough wait for it', async () => {
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    const group = createGroupCommit<number, number>({
      limit: 4,
      secondFrom: 3,
      keyOf: String,
      commit: (commands) => {
        begun.push(commands.length);
        return new Promise((resolve) => ends.push(() => resolve([...commands])));
      },
    });
    const answers = [group.submit(1)];
    await turn();
    answers.push(group.submit(2), group.submit(3));
    await turn();
    expect(begun).toEqual([1]);
    answers.push(group.submit(4));
    await turn();
    expect(begun).toEqual([1, 3]);
    for (let one = 5; one < 12; one += 1) answers.push(group.submit(one));
    await turn();
    expect(begun).toEqual([1, 3]);
    for (let left = 0; left < 6; left += 1) {
      for (const end of ends.splice(0)) end();
      await turn();
    }
    expect(await Promise.all(answers)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(group.waiting).toBe(0);
  });

  it('has as many batches under way as it is told while they are few, and gathers what comes beyond', async () => {
    const begun: number[][] = [];
    const ends: (() => void)[] = [];
    const group = createGroupCommit<number, number>({
      limit: 9,
      few: 4,
      atOnce: 3,
      keyOf: String,
      commit: (commands) => {
        begun.push([...commands]);
        return new Promise((resolve) => ends.push(() => resolve([...commands])));
      },
    });
    const answers: Promise<number>[] = [];
    for (let one = 1; one <= 5; one += 1) {
      answers.push(group.submit(one));
      await turn();
    }
    expect(begun).toEqual([[1], [2], [3]]);
    ends[1]?.();
    await turn();
    expect(begun).toEqual([[1], [2], [3], [4, 5]]);
    for (const end of ends) end();
    expect(await Promise.all(answers)).toEqual([1, 2, 3, 4, 5]);
  });

  it('begins the next batch while the last one commits, once half as many wait, and no third', async () => {
    const begun: { size: number; decided: () => void; end: () => void }[] = [];
    const group = createGroupCommit<number, number>({
      limit: 10,
      keyOf: String,
      commit: (commands, decided) =>
        new Promise((resolve) => {
          begun.push({ size: commands.length, decided, end: () => resolve([...commands]) });
        }),
    });
    const sizes = () => begun.map(({ size }) => size);
    const answers = [1, 2, 3, 4].map((one) => group.submit(one));
    await turn();
    answers.push(group.submit(5), group.submit(6));
    await turn();
    expect(sizes()).toEqual([4]);
    begun[0]?.decided();
    await turn();
    expect(sizes()).toEqual([4, 2]);
    answers.push(group.submit(7), group.submit(8));
    begun[1]?.decided();
    await turn();
    expect(sizes()).toEqual([4, 2]);
    begun[0]?.end();
    await turn();
    expect(sizes()).toEqual([4, 2, 2]);
    for (const { end } of begun) end();
    expect(await Promise.all(answers)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('keeps two commands of one key in two batches', async () => {
    const store = slowStore();
    const group = createGroupCommit({
      commit: store.commit,
      limit: 10,
      keyOf: (one) => String(one % 2),
    });
    await Promise.all([1, 3, 2, 5].map((one) => group.submit(one)));
    expect(store.batches).toEqual([[1, 2], [3], [5]]);
  });

  it('tells everybody of a deadlock or a server that is away, and tries nothing again itself', async () => {
    let batches = 0;
    const faults = ['40P01', '40001', '57P01'];
    const group = createGroupCommit<number, number>({
      limit: 10,
      keyOf: String,
      commit: async (commands) => {
        const fault = faults[batches++];
        if (fault !== undefined) throw databaseError(fault);
        return [...commands];
      },
    });
    for (const code of faults)
      expect(await Promise.allSettled([group.submit(1), group.submit(2)])).toMatchObject([
        { status: 'rejected', reason: { code } },
        { status: 'rejected', reason: { code } },
      ]);
    expect(batches).toBe(faults.length);
    expect(await group.submit(3)).toBe(3);
  });

  it('gives one who stands alone a second try: a number taken a moment ago is another one now', async () => {
    let taken = true;
    const group = createGroupCommit<number, number>({
      limit: 10,
      keyOf: String,
      commit: async (commands) => {
        if (taken) {
          taken = false;
          throw databaseError('23505');
        }
        return [...commands];
      },
    });
    expect(await group.submit(1)).toBe(1);
  });
});
