import type { Query } from '@madoguchi/database';
import type { Runtime } from '@madoguchi/service';
import { itself } from '@madoguchi/service';
import { isFilled, noteFilled } from '../store/feed-store.ts';

export type Rebuilding = Pick<
  Runtime,
  'database' | 'config' | 'connection' | 'call' | 'ownActorToken'
>;

export type Page<Row> = { rows: readonly Row[]; next: string | undefined };

/** An owner's snapshot: how a page of it is asked for, and how its rows are kept. */
export type Snapshot<Row> = {
  owner: string;
  pageAfter: (runtime: Rebuilding, after: string | undefined) => Promise<Page<Row>>;
  keep: (query: Query, rows: readonly Row[]) => Promise<unknown>;
};

/**
 * Fills a copy from its owner's snapshot, page by page; the next page is under way while one is written. Facts
 * that come meanwhile are newer and stay.
 * @returns how many rows the owner gave
 */
export async function rebuild<Row>(runtime: Rebuilding, of: Snapshot<Row>): Promise<number> {
  const who = itself(runtime);
  let given = 0;
  let page = await of.pageAfter(runtime, undefined);
  for (;;) {
    const { rows, next } = page;
    const coming = next === undefined ? undefined : of.pageAfter(runtime, next);
    // Its fault is met when it is waited for.
    coming?.catch(() => undefined);
    await runtime.database.transaction(who, async (tx) => {
      await of.keep(tx.query, rows);
      if (!coming) await noteFilled(tx.query, of.owner);
    });
    given += rows.length;
    if (!coming) return given;
    page = await coming;
  }
}

/**
 * Starts from the owner's snapshot where it was not read to its end yet: a new database, or one restored empty.
 * The stream remembers weeks only, so facts that have come say nothing of those before; and a process that was
 * killed on the way begins anew.
 */
export function fill<Row>(runtime: Rebuilding, of: Snapshot<Row>): () => Promise<void> {
  return async () => {
    if (!(await isFilled(runtime.database.read, of.owner))) await rebuild(runtime, of);
  };
}
