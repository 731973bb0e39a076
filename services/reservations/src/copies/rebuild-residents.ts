import type { ResidentCopy } from '@madoguchi/contracts';
import { snapshotResidents } from '@madoguchi/contracts';
import { keepResidents } from '../store/resident-copy-store.ts';
import type { Rebuilding, Snapshot } from './rebuild-pages.ts';
import { fill, rebuild } from './rebuild-pages.ts';

const OF_REGISTRY: Snapshot<ResidentCopy> = {
  owner: 'registry',
  async pageAfter(runtime, after) {
    const page = await runtime.call(snapshotResidents, after === undefined ? {} : { after }, {
      actorToken: await runtime.ownActorToken(),
    });
    if (!page.ok) throw new Error(`residents of the registry: ${page.refusal.code}`);
    return { rows: page.value.residents, next: page.value.next };
  },
  keep: keepResidents,
};

/** The copy of residents, anew. @returns how many residents the registry gave */
export const rebuildResidents = (runtime: Rebuilding): Promise<number> =>
  rebuild(runtime, OF_REGISTRY);

/** The job: residents that were there before we listened. */
export const fillResidents = (runtime: Rebuilding): (() => Promise<void>) =>
  fill(runtime, OF_REGISTRY);
