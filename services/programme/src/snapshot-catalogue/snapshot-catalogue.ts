import type { snapshotCatalogue as SnapshotCatalogue } from '@madoguchi/contracts';
import { ok } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { readCatalogue } from '../store/catalogue-store.ts';
import { lockCatalogue } from '../store/change-catalogue.ts';

/** The whole catalogue of one moment, for a service that starts from nothing. */
export function snapshotCatalogue(runtime: Runtime): Handler<typeof SnapshotCatalogue> {
  return (_request, { who, municipalityCode }) =>
    runtime.database.transaction(who, async ({ query }) => {
      await lockCatalogue(query, municipalityCode);
      return ok(await readCatalogue(query, municipalityCode));
    });
}
