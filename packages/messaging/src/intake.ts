import type { Lane, Role } from '@madoguchi/contracts';
import { LANES } from '@madoguchi/contracts';

type PerLane = Record<Lane, number>;

export type IntakeOptions<Item> = {
  work: (item: Item) => Promise<void>;
  /** Said to an item that finds no room; costs next to nothing and touches nothing. */
  refuse: (item: Item) => void;
  /** Items worked on at once, for each lane. */
  concurrency: number;
  /** Items that may wait, for each lane. */
  waiting: number;
  /** Milliseconds, monotonic. */
  clock?: () => number;
};

/** Of the public, nobody joins a queue whose first has waited this long: a quick no is worth more. */
const PATIENCE_MS: PerLane = { staff: Number.POSITIVE_INFINITY, public: 1_000 };

/**
 * Work started in one turn of the event loop. Between turns the socket is read, so that a refusal, or an
 * operator among ten thousand visitors, does not wait behind a long row of starts.
 */
const STARTS_A_TURN = 16;

export type Intake<Item> = {
  take(item: Item, lane: Lane): void;
  /** Ends when everything that was taken is done. */
  drained(): Promise<void>;
};

/** First in, first out, without moving what waits at each step. */
class Queue<Item> {
  #items: Item[] = [];
  #next = 0;
  get length(): number {
    return this.#items.length - this.#next;
  }
  get first(): Item | undefined {
    return this.#items[this.#next];
  }
  push(item: Item): void {
    this.#items.push(item);
  }
  shift(): Item | undefined {
    const item = this.#items[this.#next];
    this.#next += 1;
    if (this.#next > 1_024 && this.#next * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#next);
      this.#next = 0;
    }
    return item;
  }
}

/**
 * Bounded queues in front of an operation, one a lane. Each lane has its own places at work, so that the
 * public can fill its own and never those of the staff; what finds its queue full is refused at once.
 */
export function createIntake<Item>(options: IntakeOptions<Item>): Intake<Item> {
  const { work, refuse, concurrency, waiting, clock = () => performance.now() } = options;
  const queues = {
    staff: new Queue<{ item: Item; since: number }>(),
    public: new Queue<{ item: Item; since: number }>(),
  };
  const busy: PerLane = { staff: 0, public: 0 };
  let startsLeft = STARTS_A_TURN;
  let turning = false;
  let idle: (() => void) | undefined;

  const start = (lane: Lane, item: Item): void => {
    busy[lane] += 1;
    void work(item).finally(() => {
      busy[lane] -= 1;
      next();
    });
  };

  const newTurn = (): void => {
    turning = false;
    startsLeft = STARTS_A_TURN;
    next();
  };

  function next(): void {
    for (const lane of LANES)
      while (startsLeft > 0 && busy[lane] < concurrency && queues[lane].length > 0) {
        const waiter = queues[lane].shift();
        if (waiter === undefined) break;
        startsLeft -= 1;
        start(lane, waiter.item);
      }
    if (startsLeft < STARTS_A_TURN && !turning) {
      turning = true;
      setImmediate(newTurn);
    }
    if (LANES.every((one) => busy[one] + queues[one].length === 0)) idle?.();
  }

  return {
    take(item, lane) {
      const now = clock();
      const first = queues[lane].first;
      if (queues[lane].length >= waiting || (first && now - first.since > PATIENCE_MS[lane])) {
        refuse(item);
        return;
      }
      queues[lane].push({ item, since: now });
      next();
    },
    async drained() {
      if (LANES.some((one) => busy[one] + queues[one].length > 0))
        await new Promise<void>((resolve) => (idle = resolve));
    },
  };
}

const PUBLIC_ROLES: ReadonlySet<unknown> = new Set<Role>(['resident']);

/**
 * The lane of a request by the role its actor token claims. Not verified here: a false claim wins a better
 * place in the queue and is refused at its head.
 */
export function laneOf(actorToken: string | undefined): Lane {
  const payload = actorToken?.split('.', 2)[1];
  if (payload === undefined) return 'public';
  try {
    const { role } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { role?: unknown };
    return PUBLIC_ROLES.has(role) ? 'public' : 'staff';
  } catch {
    return 'public';
  }
}
