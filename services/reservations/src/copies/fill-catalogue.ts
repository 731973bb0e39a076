import { snapshotCatalogue } from '@madoguchi/contracts';
import type { Runtime } from '@madoguchi/service';
import { itself } from '@madoguchi/service';
import { hasCatalogue, keepCatalogue } from '../store/catalogue-copy-store.ts';

type Filling = Pick<Runtime, 'database' | 'config' | 'connection' | 'call' | 'ownActorToken'>;

/** Starts from programme's snapshot where there is no copy of one: a new database, or one restored empty. */
export function fillCatalogue(runtime: Filling): () => Promise<void> {
  return async () => {
    const { database } = runtime;
    if (await hasCatalogue(database.read)) return;
    const snapshot = await runtime.call(
      snapshotCatalogue,
      {},
      { actorToken: await runtime.ownActorToken() },
    );
    if (!snapshot.ok) throw new Error(`catalogue of programme: ${snapshot.refusal.code}`);
    const who = itself(runtime);
    // Version 0 is a programme that has nothing yet.
    if (snapshot.value.version > 0)
      await database.transaction(who, (tx) => keepCatalogue(tx.query, snapshot.value));
  };
}
