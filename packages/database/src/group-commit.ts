/** One command on its way into a batch, and the caller who waits for its answer. */
type Waiting<Command, Answer> = {
  command: Command;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
};

export type GroupCommitOptions<Command, Answer> = {
  /**
   * Decides and writes a batch in one transaction; one answer a command, in the same order.
   * @param decided to be called when nothing is left but to tell, log and commit what was written
   */
  commit: (commands: readonly Command[], decided: () => void) => Promise<Answer[]>;
  /** Most commands of one batch. */
  limit: number;
  /**
   * So many that wait make a second batch beside one that is not decided yet, on a connection of its own.
   * Fewer are cheaper together with those to come.
   */
  secondFrom?: number;
  /**
   * While fewer commands than this are under way, another batch begins at once, up to `atOnce` of them: there
   * is nobody to gather. Otherwise two are the most: one waits for the disk, one is decided.
   */
  few?: number;
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
  for (const [index, one] of queue.entries()) {
    // Thousands may wait in a rush: those behind a full batch are not looked at.
    if (batch.length >= limit) return { batch, later: [...later, ...queue.slice(index)] };
    const key = keyOf(one.command);
    if (keys.has(key)) later.push(one);
    else batch.push(one);
    keys.add(key);
  }
  return { batch, later };
}

/**
 * Collects commands that arrive while the last batch is decided, and commits them together: no timer. While
 * one batch waits for the disk the next is decided, once half as many wait as are in that batch. Memory only
 * collects; what may be written is decided inside the transaction, so several processes can do the same on
 * the same rows. A batch that the data itself makes fail is halved until the bad command stands alone, and
 * only its caller hears of it. Every other fault goes to all callers of the batch: a deadlock is tried again
 * in one place only, at the door of the operation, where each comes back at a moment of its own and finds
 * another batch.
 */
export function createGroupCommit<Command, Answer>(
  options: GroupCommitOptions<Command, Answer>,
): GroupCommit<Command, Answer> {
  const { commit, secondFrom = Number.POSITIVE_INFINITY, few = 0, atOnce = 2 } = options;
  let queue: Waiting<Command, Answer>[] = [];
  const underWay = new Set<{ size: number; decided: boolean }>();
  let beginning = false;

  /** @param again whether a command that stands alone may try once more: what it met may be there by now */
  async function settle(
    batch: readonly Waiting<Command, Answer>[],
    decided: () => void,
    again = true,
  ): Promise<void> {
    try {
      const answers = await commit(
        batch.map(({ command }) => command),
        decided,
      );
      if (answers.length !== batch.length) throw new Error('a batch lost an answer');
      void deliver(batch, answers);
    } catch (error) {
      if (!isAboutData(error) || (batch.length === 1 && !again)) {
        for (const one of batch) one.reject(error);
        return;
      }
      if (batch.length === 1) return settle(batch, decided, false);
      const half = Math.ceil(batch.length / 2);
      await settle(batch.slice(0, half), decided);
      await settle(batch.slice(half), decided);
    }
  }

  function isDue(): boolean {
    if (queue.length === 0) return false;
    const inHand = [...underWay].reduce((sum, { size }) => sum + size, 0);
    if (inHand < few) return underWay.size < atOnce;
    if (underWay.size >= 2) return false;
    const enough = [...underWay].map(({ size, decided }) => (decided ? size / 2 : secondFrom));
    return enough.every((least) => queue.length >= least);
  }

  async function run(): Promise<void> {
    const { batch, later } = takeBatch(queue, options);
    queue = later;
    const one = { size: batch.length, decided: false };
    underWay.add(one);
    await settle(batch, () => {
      one.decided = true;
      beginSoon();
    });
    underWay.delete(one);
    beginSoon();
  }

  /** What arrives in the same turn shares a batch. */
  function beginSoon(): void {
    if (beginning) return;
    beginning = true;
    queueMicrotask(() => {
      beginning = false;
      while (isDue()) void run();
    });
  }

  return {
    submit: (command) =>
      new Promise((resolve, reject) => {
        queue.push({ command, resolve, reject });
        beginSoon();
      }),
    get waiting() {
      return queue.length;
    },
  };
}
