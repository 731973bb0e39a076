import { writeFile } from 'node:fs/promises';
import { importResidents } from '@madoguchi/registry/import-residents/import-residents';
import { refusalsCsv } from '@madoguchi/registry/import-residents/refusals-csv';
import { registry } from '@madoguchi/registry/service';
import { SingleBar } from 'cli-progress';
import { CommandRefused, EXIT, report } from './outcome.ts';
import { withService } from './open-service.ts';

type Options = { dryRun?: boolean; json?: boolean; refused?: string };

/** `residents import FILE`: the register's snapshot, with refused rows by line and column. */
export async function importResidentsCommand(file: string, options: Options): Promise<void> {
  const bar = new SingleBar({
    format: '{bar} {percentage}% {rows} rows, {eta_formatted} left',
    noTTYOutput: false,
  });
  const shown = process.stdout.isTTY && options.json !== true;
  if (shown) bar.start(100, 0, { rows: 0 });
  const imported = await withService(registry, ({ database, who, municipalityCode, lookupKey }) =>
    importResidents({
      database,
      who,
      municipalityCode,
      lookupKey,
      path: file,
      dryRun: options.dryRun ?? false,
      onProgress: (rows, share) => shown && bar.update(Math.round(share * 100), { rows }),
    }),
  );
  if (shown) bar.stop();
  if (!imported.ok) {
    const why = Object.values(imported.refusal.details ?? {})
      .flat()
      .join(', ');
    throw new CommandRefused(
      `${file} was not imported: ${imported.refusal.code}${why ? ` (${why})` : ''}`,
    );
  }
  const { refused, ...counts } = imported.value;
  if (options.refused !== undefined)
    await writeFile(options.refused, refusalsCsv(refused), { mode: 0o600 });
  report(options.json === true, { ...counts, refused }, [
    `${counts.rows} rows: ${counts.added} added, ${counts.changed} changed, ${counts.unchanged} unchanged, ${counts.refusedRows} refused, ${counts.newlyProtected} newly protected${options.dryRun ? ' (dry run: nothing was changed)' : ''}`,
    ...counts.ignoredColumns.map((column) => `Column ignored: ${column}`),
    ...refused.slice(0, 50).map(({ line, column, reason }) => `line ${line}, ${column}: ${reason}`),
    ...(refused.length > 50
      ? [`… and ${refused.length - 50} more; --refused FILE writes them all`]
      : []),
  ]);
  if (counts.refusedRows > 0) process.exitCode = EXIT.refused;
}
