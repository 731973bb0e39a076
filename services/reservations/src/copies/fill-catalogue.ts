import { snapshotCatalogue } from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import type { Runtime } from '@madoguchi/service';
import { keepCatalogue } from './keep-catalogue.ts';

type Filling = Pick<Runtime, 'database' | 'config' | 'call' | 'ownActorToken'>;

/** Starts from programme's snapshot where there is no copy of one: a new database, or one restored empty. */
export function fillCatalogue(runtime: Filling): () => Promise<void> {
  return async () => {
    const { database, config } = runtime;
    const [copy] = await database.read('SELECT 1 FROM rulebook_copy WHERE version > 0');
    if (copy) return;
    const snapshot = await runtime.call(
      snapshotCatalogue,
      {},
      { actorToken: await runtime.ownActorToken() },
    );
    if (!snapshot.ok) throw new Error(`catalogue of programme: ${snapshot.refusal.code}`);
    const who = {
      municipalityCode: config.MUNICIPALITY_CODE,
      actorId: 'reservations',
      role: 'service' as const,
      correlationId: newId(),
    };
    // Version 0 is a programme that has nothing yet.
    if (snapshot.value.version > 0)
      await database.transaction(who, (tx) => keepCatalogue(tx.query, snapshot.value));
  };
}
