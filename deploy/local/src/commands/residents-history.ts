import type { HistoryReport } from '@madoguchi/registry/import-residents/import-history';
import { importHistory } from '@madoguchi/registry/import-residents/import-history';
import { refusalsFile } from '@madoguchi/registry/import-residents/refusals-csv';
import { registry } from '@madoguchi/registry/service';
import { importProgress } from './import-progress.ts';
import { withService } from './open-service.ts';
import { EXIT, report } from './outcome.ts';
import { faultLines } from './report-import.ts';
import { importRefused } from './residents.ts';

type Options = { dryRun?: boolean; json?: boolean; refused?: string };

const sentences = (counts: HistoryReport, dryRun: boolean): string[] => [
  `${counts.rows} entries: ${counts.added} added, ${counts.corrected} corrected, ${counts.unchanged} unchanged, ${counts.refusedRows} refused; the residence of ${counts.residencyChanged} people turned out to be another${dryRun ? ' (dry run: nothing was changed)' : ''}`,
  ...faultLines(counts.refused),
];

/** `residents history FILE`: entries of the register's history, with refused rows by line and column. */
export async function importHistoryCommand(file: string, options: Options): Promise<void> {
  const progress = importProgress(process.stdout.isTTY && options.json !== true);
  const refusals = options.refused === undefined ? undefined : refusalsFile(options.refused);
  const imported = await withService(registry, ({ database, who, municipalityCode }) =>
    importHistory({
      database,
      who,
      municipalityCode,
      path: file,
      dryRun: options.dryRun ?? false,
      onProgress: (rows, share, phase) => progress.update(rows, share, phase),
      ...(refusals ? { onRefused: (fault) => refusals.add(fault) } : {}),
    }),
  ).finally(() => {
    progress.stop();
    refusals?.close();
  });
  if (!imported.ok) throw importRefused(file, imported.refusal);
  report(options.json === true, imported.value, sentences(imported.value, options.dryRun ?? false));
  if (imported.value.refusedRows > 0) process.exitCode = EXIT.refused;
}
