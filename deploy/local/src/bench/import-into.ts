import type { Database } from '@madoguchi/database';
import { newId } from '@madoguchi/kernel';
import { importResidents } from '@madoguchi/registry/import-residents/import-residents';

/** Imports a file that is the whole register, as `residents import` does. */
export function importInto(database: Database, path: string): ReturnType<typeof importResidents> {
  const municipalityCode = '131237';
  return importResidents({
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
}
