import type { Refusal } from '@madoguchi/kernel';
import type { ImportReport } from '@madoguchi/registry/import-residents/import-report';
import { importResidents } from '@madoguchi/registry/import-residents/import-residents';
import { refusalsFile } from '@madoguchi/registry/import-residents/refusals-csv';
import { registry } from '@madoguchi/registry/service';
import { importProgress } from './import-progress.ts';
import { CommandRefused, EXIT, refusedBecause, report } from './outcome.ts';
import { withService } from './open-service.ts';
import { faultLines, MOST_SHOWN } from './report-import.ts';

type Options = {
  dryRun?: boolean;
  json?: boolean;
  refused?: string;
  partial?: boolean;
  acceptRemovals?: boolean;
  /** Per cent of the register. */
  removalLimit: string;
};

/** Says why a file of the register was not imported. */
export function importRefused(file: string, refusal: Refusal): CommandRefused {
  if (refusal.code !== 'import_would_remove') return refusedBecause(refusal, file);
  const { absent, residents } = refusal.details ?? {};
  return refusedBecause(
    { code: refusal.code },
    file,
    `Nothing was changed: ${Number(absent)} of the ${Number(residents)} residents are not in it and would be taken off the register.\n` +
      'If it is the whole register and they are gone, run again with --accept-removals; if it is a part of the register, with --partial.',
  );
}

function sentences(counts: ImportReport, dryRun: boolean): string[] {
  if (counts.doneBefore) return ['This file was imported before; nothing was done again.'];
  const would = dryRun ? ' (dry run: nothing was changed)' : '';
  return [
    `${counts.rows} rows: ${counts.added} added, ${counts.changed} changed, ${counts.unchanged} unchanged, ${counts.refusedRows} refused${would}`,
    `Among the changed: ${counts.movedOut} moved out, ${counts.died} died, ${counts.removedOtherwise} taken off otherwise (${counts.absent} not in the file). ${counts.newlyProtected} newly protected; ${counts.protectionKept} keep a protection that the file has no more.`,
    ...counts.ignoredColumns.map((column) => `Column ignored: ${column}`),
    ...faultLines(counts.refused),
    ...(counts.refused.length > MOST_SHOWN ? ['… and more; --refused FILE writes them all'] : []),
  ];
}

/** `residents import FILE`: a snapshot of the register or changes to it, with refused rows by line and column. */
export async function importResidentsCommand(file: string, options: Options): Promise<void> {
  const removalShare = Number(options.removalLimit) / 100;
  if (!(removalShare >= 0 && removalShare <= 1))
    throw new CommandRefused('--removal-limit is a number of per cent from 0 to 100.');
  const progress = importProgress(process.stdout.isTTY && options.json !== true);
  const refusals = options.refused === undefined ? undefined : refusalsFile(options.refused);
  const imported = await withService(registry, ({ database, who, municipalityCode, lookupKey }) =>
    importResidents({
      database,
      who,
      municipalityCode,
      lookupKey,
      path: file,
      dryRun: options.dryRun ?? false,
      whole: options.partial !== true,
      acceptRemovals: options.acceptRemovals ?? false,
      removalShare,
      onProgress: (rows, share, phase) => progress.update(rows, share, phase),
      ...(refusals ? { onRefused: (fault) => refusals.add(fault) } : {}),
    }),
  ).finally(() => {
    progress.stop();
    refusals?.close();
  });
  if (!imported.ok) throw importRefused(file, imported.refusal);
  const counts = imported.value;
  report(options.json === true, counts, sentences(counts, options.dryRun ?? false));
  if (counts.refusedRows > 0) process.exitCode = EXIT.refused;
}
