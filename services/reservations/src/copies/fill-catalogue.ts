import { snapshotCatalogue } from '@madoguchi/contracts';
import type { Runtime } from '@madoguchi/service';
import { itself } from '@madoguchi/service';
import { keepCatalogue } from '../store/catalogue-copy-store.ts';
import { isFilled, noteFilled } from '../store/feed-store.ts';

type Filling = Pick<Runtime, 'database' | 'config' | 'connection' | 'call' | 'ownActorToken'>;

/** Starts from programme's snapshot where it was never taken: a new database, or one restored empty. */
export function fillCatalogue(runtime: Filling): () => Promise<void> {
  return async () => {
    const { database } = runtime;
    if (await isFilled(database.read, 'programme')) return;
    const snapshot = await runtime.call(
      snapshotCatalogue,
      {},
      { actorToken: await runtime.ownActorToken() },
    );
    if (!snapshot.ok) throw new Error(`catalogue of programme: ${snapshot.refusal.code}`);
    await database.transaction(itself(runtime), async (tx) => {
      // Version 0 is a programme that has nothing yet.
      if (snapshot.value.version > 0) await keepCatalogue(tx.query, snapshot.value);
      await noteFilled(tx.query, 'programme');
    });
  };
}
