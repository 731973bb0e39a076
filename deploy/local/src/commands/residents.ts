import type { ImportReport } from '@madoguchi/registry/import-residents/import-report';
import { importResidents } from '@madoguchi/registry/import-residents/import-residents';
import { refusalsFile } from '@madoguchi/registry/import-residents/refusals-csv';
import { registry } from '@madoguchi/registry/service';
import { importProgress } from './import-progress.ts';
import { CommandRefused, EXIT, report } from './outcome.ts';
import { withService } from './open-service.ts';

type Options = {
  dryRun?: boolean;
  json?: boolean;
  refused?: string;
  partial?: boolean;
  acceptRemovals?: boolean;
  /** Per cent of the register. */
  removalLimit: string;
};

type Refused = { code: string; details?: Record<string, unknown> };

/** Says why a file was not imported. */
export function refusedBecause(file: string, refusal: Refused): CommandRefused {
  const { absent, residents } = refusal.details ?? {};
  if (refusal.code === 'import_would_remove')
    return new CommandRefused(
      `${file} was not imported, and nothing was changed: ${String(absent)} of the ${String(residents)} residents are not in it and would be taken off the register.\n` +
        'If it is the whole register and they are gone, run again with --accept-removals; if it is a part of the register, with --partial.',
    );
  const why = Object.values(refusal.details ?? {})
    .flat()
    .join(', ');
  return new CommandRefused(`${file} was not imported: ${refusal.code}${why ? ` (${why})` : ''}`);
}

function sentences(counts: ImportReport, dryRun: boolean): string[] {
  if (counts.doneBefore) return ['This file was imported before; nothing was done again.'];
  const would = dryRun ? ' (dry run: nothing was changed)' : '';
  return [
    `${counts.rows} rows: ${counts.added} added, ${counts.changed} changed, ${counts.unchanged} unchanged, ${counts.refusedRows} refused${would}`,
    `Among the changed: ${counts.movedOut} moved out, ${counts.died} died, ${counts.removedOtherwise} taken off otherwise (${counts.absent} not in the file). ${counts.newlyProtected} newly protected; ${counts.protectionKept} keep a protection that the file has no more.`,
    ...counts.ignoredColumns.map((column) => `Column ignored: ${column}`),
    ...counts.refused
      .slice(0, 50)
      .map(({ line, column, reason }) => `line ${line}, ${column}: ${reason}`),
    ...(counts.refused.length > 50 ? ['… and more; --refused FILE writes them all'] : []),
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
  if (!imported.ok) throw refusedBecause(file, imported.refusal);
  const counts = imported.value;
  report(options.json === true, counts, sentences(counts, options.dryRun ?? false));
  if (counts.refusedRows > 0) process.exitCode = EXIT.refused;
}
