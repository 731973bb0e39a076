import { importDoses } from '@madoguchi/health-records/import-doses/import-doses';
import { healthRecords } from '@madoguchi/health-records/service';
import { systemClock } from '@madoguchi/kernel';
import { registry } from '@madoguchi/registry/service';
import { refusedBecause } from './outcome.ts';
import { withService } from './open-service.ts';
import { reportImport } from './report-import.ts';

type Options = { dryRun?: boolean; json?: boolean; refused?: string };

/** `doses import FILE`: the VRS ledger CSV, keyed by 宛名番号; individual numbers are never needed. */
export async function importDosesCommand(file: string, options: Options): Promise<void> {
  const imported = await withService(registry, (residents) =>
    withService(healthRecords, ({ database, who }) =>
      importDoses({
        database,
        who,
        clock: systemClock,
        path: file,
        dryRun: options.dryRun ?? false,
        residentsOf: async (addresseeNumbers) => {
          const rows = await residents.database.read<{ number: string; id: string }>(
            `SELECT addressee_number AS number, id FROM resident
             WHERE municipality_code = $1 AND addressee_number = ANY($2)`,
            [residents.municipalityCode, addresseeNumbers],
          );
          return new Map(rows.map(({ number, id }) => [number, id]));
        },
      }),
    ),
  );
  if (!imported.ok) throw refusedBecause(imported.refusal, file);
  const counts = imported.value;
  await reportImport(
    counts,
    options,
    `${counts.rows} rows, ${counts.doses} doses: ${counts.added} added, ${counts.corrected} corrected, ${counts.unchanged} unchanged, ${counts.refusedRows} rows refused${options.dryRun ? ' (dry run: nothing was changed)' : ''}`,
  );
}
