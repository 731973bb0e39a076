import type { DoseCopy } from '@madoguchi/contracts';
import { snapshotDoses } from '@madoguchi/contracts';
import { keepDoses } from '../store/dose-copy-store.ts';
import type { Rebuilding, Snapshot } from './rebuild-pages.ts';
import { fill } from './rebuild-pages.ts';

const OF_HEALTH_RECORDS: Snapshot<DoseCopy> = {
  owner: 'health-records',
  async pageAfter(runtime, after) {
    const page = await runtime.call(snapshotDoses, after === undefined ? {} : { after }, {
      actorToken: await runtime.ownActorToken(),
    });
    if (!page.ok) throw new Error(`doses of health-records: ${page.refusal.code}`);
    return { rows: page.value.doses, next: page.value.next };
  },
  keep: keepDoses,
};

/** The job: doses that were given before we listened. */
export const fillDoses = (runtime: Rebuilding): (() => Promise<void>) =>
  fill(runtime, OF_HEALTH_RECORDS);
