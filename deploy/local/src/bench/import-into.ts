import type { Database } from '@madoguchi/database';
import { newId } from '@madoguchi/kernel';
import type { ImportReport } from '@madoguchi/registry/import-residents/import-report';
import { importResidents } from '@madoguchi/registry/import-residents/import-residents';

/** Imports a file that is the whole register, as `residents import` does. */
export async function importInto(database: Database, path: string): Promise<ImportReport> {
  const municipalityCode = '131237';
  const imported = await importResidents({
    database,
    municipalityCode,
    lookupKey: Buffer.alloc(32, 1).toString('base64url'),
    path,
    whole: true,
    who: {
      municipalityCode,
      actorId: 'bench',
      role: 'system-administrator',
      correlationId: newId(),
    },
  });
  if (!imported.ok) throw new Error(imported.refusal.code);
  return imported.value;
}
