import type { listRules as ListRules } from '@madoguchi/contracts';
import { ok } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { rowsOf, versionOf } from '../store/catalogue-store.ts';

type Valid = { validFrom: string; validTo: string | null };

/** Vaccines, products, programmes and their rules. */
export function listRules(runtime: Runtime): Handler<typeof ListRules> {
  return (request, context) =>
    runtime.database.transaction(context.who, async ({ query }) => {
      const { programmeCode, validOn } = request;
      const inForce = <R extends Valid>(rows: R[]): R[] =>
        rows.filter(
          ({ validFrom, validTo }) =>
            validOn === undefined ||
            (validFrom <= validOn && (validTo === null || validOn < validTo)),
        );
      const ofProgramme = <R extends { programmeCode: string }>(rows: R[]): R[] =>
        rows.filter((row) => programmeCode === undefined || row.programmeCode === programmeCode);
      const otherVaccineRules = (await rowsOf(query, 'other-vaccine-rule')).filter(
        (row) => programmeCode === undefined || row.programmeCodes.includes(programmeCode),
      );
      return ok({
        version: await versionOf(query, context.municipalityCode),
        vaccines: await rowsOf(query, 'vaccine'),
        products: await rowsOf(query, 'product'),
        programmes: ofProgramme(await rowsOf(query, 'programme')),
        doseRules: inForce(ofProgramme(await rowsOf(query, 'dose-rule'))),
        otherVaccineRules: inForce(otherVaccineRules),
        priorityGroups: inForce(ofProgramme(await rowsOf(query, 'priority-group'))),
      });
    });
}
