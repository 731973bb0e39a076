import type { listProgrammeVenues } from '@madoguchi/contracts';
import { ok } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { rowsOf, versionOf } from '../store/catalogue-store.ts';

/** Venues with opening hours, closing days and products. */
export function listVenues(runtime: Runtime): Handler<typeof listProgrammeVenues> {
  return (_request, context) =>
    runtime.database.transaction(context.who, async ({ query }) =>
      ok({
        version: await versionOf(query, context.municipalityCode),
        venues: await rowsOf(query, 'venue'),
      }),
    );
}
