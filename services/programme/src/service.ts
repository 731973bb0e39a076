import * as contract from '@madoguchi/contracts';
import { defineService, operation, tellsAlive } from '@madoguchi/service';
import { changeFromDay } from './change-from-day/change-from-day.ts';
import { exportVenues } from './export-venues/export-venues.ts';
import { PrismaClient } from './generated/client.ts';
import { importVenues } from './import-venues/import-venues.ts';
import { listChanges } from './list-changes/list-changes.ts';
import { listRules } from './list-rules/list-rules.ts';
import { listVenues } from './list-venues/list-venues.ts';
import { putEntry } from './put-entry/put-entry.ts';
import { snapshotCatalogue } from './snapshot-catalogue/snapshot-catalogue.ts';

/** Vaccines, products and their rules, venues. */
export const programme = defineService({
  name: 'programme',
  config: {},
  prisma: {
    directory: new URL('../prisma/', import.meta.url),
    client: (adapter) => new PrismaClient({ adapter }),
  },
  wire: (runtime) => [
    operation(
      contract.putVaccine,
      putEntry(runtime, contract.putVaccine, (asked) => ({ kind: 'vaccine', row: asked.vaccine })),
    ),
    operation(
      contract.putProduct,
      putEntry(runtime, contract.putProduct, (asked) => ({ kind: 'product', row: asked.product })),
    ),
    operation(
      contract.putProgramme,
      putEntry(runtime, contract.putProgramme, (asked) => ({
        kind: 'programme',
        row: asked.programme,
      })),
    ),
    operation(
      contract.putDoseRule,
      putEntry(runtime, contract.putDoseRule, (asked) => ({ kind: 'dose-rule', row: asked.rule })),
    ),
    operation(
      contract.putOtherVaccineRule,
      putEntry(runtime, contract.putOtherVaccineRule, (asked) => ({
        kind: 'other-vaccine-rule',
        row: asked.rule,
      })),
    ),
    operation(
      contract.putPriorityGroup,
      putEntry(runtime, contract.putPriorityGroup, (asked) => ({
        kind: 'priority-group',
        row: asked.group,
      })),
    ),
    operation(
      contract.putVenue,
      putEntry(runtime, contract.putVenue, (asked) => ({ kind: 'venue', row: asked.venue })),
    ),
    operation(contract.changeFromDay, changeFromDay(runtime)),
    operation(contract.listRules, listRules(runtime)),
    operation(contract.listChanges, listChanges(runtime)),
    operation(contract.listProgrammeVenues, listVenues(runtime)),
    operation(contract.importVenues, importVenues(runtime), { concurrency: 1 }),
    operation(contract.exportVenues, exportVenues(runtime)),
    operation(contract.snapshotCatalogue, snapshotCatalogue(runtime)),
    tellsAlive(runtime, contract.programmeAlive),
  ],
});
