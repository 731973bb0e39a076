import { snapshotResidents } from '@madoguchi/contracts';
import type { Runtime } from '@madoguchi/service';
import { itself } from '@madoguchi/service';
import { hasResidents, keepResidents } from '../store/resident-copy-store.ts';

type Rebuilding = Pick<Runtime, 'database' | 'config' | 'connection' | 'call' | 'ownActorToken'>;

async function pageAfter(runtime: Rebuilding, after: string | undefined) {
  const page = await runtime.call(snapshotResidents, after === undefined ? {} : { after }, {
    actorToken: await runtime.ownActorToken(),
  });
  if (!page.ok) throw new Error(`residents of the registry: ${page.refusal.code}`);
  return page.value;
}

/**
 * Fills the copy of residents from the registry's snapshot, page by page; the next page is under way
 * while one is written. Events that come meanwhile are newer and stay.
 * @returns how many residents the registry gave
 */
export async function rebuildResidents(runtime: Rebuilding): Promise<number> {
  const who = itself(runtime);
  let given = 0;
  let page = await pageAfter(runtime, undefined);
  for (;;) {
    const { residents, next } = page;
    const coming = next === undefined ? undefined : pageAfter(runtime, next);
    // Its fault is met when it is waited for.
    coming?.catch(() => undefined);
    await runtime.database.transaction(who, (tx) => keepResidents(tx.query, residents));
    given += residents.length;
    if (!coming) return given;
    page = await coming;
  }
}

/** Starts from the registry's snapshot where there is no copy at all: a new database, or one restored empty. */
export function fillResidents(runtime: Rebuilding): () => Promise<void> {
  return async () => {
    if (!(await hasResidents(runtime.database.read))) await rebuildResidents(runtime);
  };
}
