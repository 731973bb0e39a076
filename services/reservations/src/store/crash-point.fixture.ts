import type { Database } from '@madoguchi/database';

type Pool = Database['pool'];
type Client = {
  query(statement: unknown): Promise<unknown>;
  release(fault?: Error): void;
};

/**
 * A crash just before the n-th statement of a transaction (BEGIN is the first), or after its COMMIT when
 * n is one more than it has. `thrown`: the process dies, its transactions are rolled back, and it sends
 * nothing more until another one begins. `terminated`: the server ends the connection, and the statement
 * meets that.
 */
export type CrashPoint = { before: number; how: 'thrown' | 'terminated' };

export class Crash extends Error {
  override readonly name = 'Crash';
}

type Armed = CrashPoint & { passed: number };
type Run = () => Promise<unknown>;

const textOf = (statement: unknown): string =>
  typeof statement === 'string' ? statement : (statement as { text: string }).text;

/** Makes every transaction over a pool crash where it is told to. */
export function crashPoints(pool: Pool, terminate: (pid: number) => Promise<unknown>) {
  let armed: Armed | undefined;
  let committed = false;
  let dead = false;
  /** What is sent behind a statement whose connection is being ended goes after it, as on the wire. */
  let ending: Promise<unknown> | undefined;
  const connect = pool.connect.bind(pool) as unknown as () => Promise<Client>;

  async function crash(client: Client, run: Run): Promise<unknown> {
    const how = armed?.how;
    armed = undefined;
    if (how !== 'terminated') {
      dead = true;
      throw new Crash('crashed');
    }
    const met = terminate((client as unknown as { processID: number }).processID).then(run);
    ending = met.catch(() => undefined);
    await met;
    throw new Crash('the connection outlived its end');
  }

  async function step(client: Client, text: string, run: Run): Promise<unknown> {
    if (text === 'ROLLBACK') return run();
    if (dead) throw new Crash('dead');
    if (ending) await ending;
    if (!armed) return run();
    armed.passed += 1;
    if (armed.passed === armed.before) return crash(client, run);
    const result = await run();
    if (text !== 'COMMIT' || armed.passed + 1 !== armed.before) return result;
    committed = true;
    return crash(client, () => client.query('SELECT 1'));
  }

  const connected = async () => {
    if (dead) throw new Crash('dead');
    const client = await connect();
    return {
      query: (statement: never) => step(client, textOf(statement), () => client.query(statement)),
      release: (fault?: Error) => client.release(fault),
    };
  };
  pool.connect = ((callback?: never) =>
    callback === undefined
      ? connected()
      : (connect as unknown as (given: never) => void)(callback)) as typeof pool.connect;

  return {
    arm(point: CrashPoint | undefined): void {
      committed = false;
      ending = undefined;
      armed = point && { ...point, passed: 0 };
    },
    /** Forgets a crash whose statement never came. */
    disarm: (): void => void (armed = undefined),
    /** Another process takes the place of the one that died. */
    revive: (): void => void (dead = false),
    /** Whether the last crash came after the COMMIT. */
    hadCommitted: (): boolean => committed,
  };
}
