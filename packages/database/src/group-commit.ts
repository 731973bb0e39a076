/** One command on its way into a batch, and the caller who waits for its answer. */
type Waiting<Command, Answer> = {
  command: Command;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
};

export type GroupCommitOptions<Command, Answer> = {
  /** Decides and writes a batch in one transaction; one answer a command, in the same order. */
  commit: (commands: readonly Command[]) => Promise<Answer[]>;
  /** Most commands of one batch. */
  limit: number;
  /**
   * So many that wait make a second batch beside the one under way, on a connection of its own: while
   * PostgreSQL commits the one, the other is decided. Fewer are cheaper together with those to come.
   */
  secondFrom?: number;
  /** Most batches under way at once; two, where it is not said. */
  atOnce?: number;
  /** Two commands with the same key never share a batch; what two batches at once may do is settled by the locks. */
  keyOf: (command: Command) => string;
};

export type GroupCommit<Command, Answer> = {
  submit(command: Command): Promise<Answer>;
  /** Commands that are in no batch yet. */
  readonly waiting: number;
};

/** The database said no to the data itself: one bad command spoils the batch, so it is looked for. */
const isAboutData = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^(22|23)/.test(String(error.code));

const ANSWERS_A_TURN = 32;

/** Answers a few callers a turn of the event loop, while the next batch is on its way. */
async function deliver<Command, Answer>(
  batch: readonly Waiting<Command, Answer>[],
  answers: readonly Answer[],
): Promise<void> {
  for (const [index, answer] of answers.entries()) {
    batch[index]?.resolve(answer);
    if (index % ANSWERS_A_TURN === ANSWERS_A_TURN - 1) await new Promise(setImmediate);
  }
}

/** The next batch of a queue, and what has to wait for the one after it. */
function takeBatch<Command, Answer>(
  queue: readonly Waiting<Command, Answer>[],
  { limit, keyOf }: Pick<GroupCommitOptions<Command, Answer>, 'limit' | 'keyOf'>,
): { batch: Waiting<Command, Answer>[]; later: Waiting<Command, Answer>[] } {
  const batch: Waiting<Command, Answer>[] = [];
  const later: Waiting<Command, Answer>[] = [];
  const keys = new Set<string>();
  for (const one of queue) {
    const key = keyOf(one.command);
    if (batch.length >= limit || keys.has(key)) later.push(one);
    else batch.push(one);
    keys.add(key);
  }
  return { batch, later };
}

/**
 * Collects commands that arrive while the last batch commits, and commits them together: no timer, and
 * a second batch in flight only when enough wait for it. Memory only collects; what may be written is
 * decided inside the transaction, so several processes can do the same on the same rows. A batch that the
 * data itself makes fail is halved until the bad command stands alone, and only its caller hears of it.
 * Every other fault goes to all callers of the batch: a deadlock is tried again in one place only, at the
 * door of the operation, where each comes back at a moment of its own and finds another batch.
 */
export function createGroupCommit<Command, Answer>(
  options: GroupCommitOptions<Command, Answer>,
): GroupCommit<Command, Answer> {
  const { commit, secondFrom = Number.POSITIVE_INFINITY, atOnce = 2 } = options;
  let queue: Waiting<Command, Answer>[] = [];
  let busy = 0;

  /** @param again whether a command that stands alone may try once more: what it met may be there by now */
  async function settle(batch: readonly Waiting<Command, Answer>[], again = true): Promise<void> {
    try {
      const answers = await commit(batch.map(({ command }) => command));
      if (answers.length !== batch.length) throw new Error('a batch lost an answer');
      void deliver(batch, answers);
    } catch (error) {
      if (!isAboutData(error) || (batch.length === 1 && !again)) {
        for (const one of batch) one.reject(error);
        return;
      }
      if (batch.length === 1) return settle(batch, false);
      const half = Math.ceil(batch.length / 2);
      await settle(batch.slice(0, half));
      await settle(batch.slice(half));
    }
  }

  const due = (): boolean => (busy === 0 ? queue.length > 0 : queue.length >= secondFrom);

  async function work(): Promise<void> {
    busy += 1;
    // What arrives in the same turn shares the first batch.
    await Promise.resolve();
    while (queue.length > 0 && (busy === 1 || queue.length >= secondFrom)) {
      const { batch, later } = takeBatch(queue, options);
      queue = later;
      await settle(batch);
    }
    busy -= 1;
    if (due()) void work();
  }

  return {
    submit: (command) =>
      new Promise((resolve, reject) => {
        queue.push({ command, resolve, reject });
        if (busy < atOnce && due()) void work();
      }),
    get waiting() {
      return queue.length;
    },
  };
}
