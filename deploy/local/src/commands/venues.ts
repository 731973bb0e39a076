import { writeFile } from 'node:fs/promises';
import { takeVenues } from '@madoguchi/programme/import-venues/take-venues';
import { writeVenuesFile } from '@madoguchi/programme/export-venues/write-venues-file';
import { programme } from '@madoguchi/programme/service';
import type { Command } from 'commander';
import { affectedBookings, affectedLines } from './affected-bookings.ts';
import { refusedBecause, report, WrongUsage } from './outcome.ts';
import { withService } from './open-service.ts';
import { readInput } from './read-input.ts';
import { reportImport } from './report-import.ts';

type ImportOptions = { dryRun?: boolean; json?: boolean; refused?: string };
type ExportOptions = { encoding: string; json?: boolean };

/** `venues import FILE`: all rows, or none and every fault by line and column. */
async function importVenuesCommand(file: string, options: ImportOptions): Promise<void> {
  const bytes = await readInput(file);
  const dryRun = options.dryRun ?? false;
  const taken = await withService(programme, ({ database, who }) =>
    database.transaction(who, (tx) => takeVenues(tx, { bytes, dryRun, now: new Date() })),
  );
  if (!taken.ok) throw refusedBecause(taken.refusal, file);
  const { wouldChange, ...counts } = taken.value;
  const faults = counts.refused.length;
  const affected = await affectedBookings(wouldChange);
  const nothing = faults > 0 ? '; nothing was imported' : '';
  await reportImport(
    { ...counts, ...(affected === undefined ? {} : { affected }) },
    options,
    [
      `${counts.rows} rows: ${counts.added} added, ${counts.changed} changed, ${counts.unchanged} unchanged, ${faults} faults${nothing}${dryRun ? ' (dry run: nothing was changed)' : ''}`,
      ...affectedLines(affected),
    ].join('\n'),
  );
}

/** `venues export FILE`: the CSV that `venues import` takes. */
async function exportVenuesCommand(file: string, options: ExportOptions): Promise<void> {
  const { encoding } = options;
  if (encoding !== 'cp932' && encoding !== 'utf-8')
    throw new WrongUsage('--encoding is cp932 or utf-8.');
  const written = await withService(programme, ({ database }) =>
    writeVenuesFile(database.read, encoding),
  );
  if (!written.ok)
    throw refusedBecause(written.refusal, file, 'CP932 has them not; use --encoding utf-8.');
  const { bytes, rows } = written.value;
  if (file === '-') {
    process.stdout.write(bytes);
    process.stderr.write(`${rows} venues written\n`);
    return;
  }
  await writeFile(file, bytes);
  report(options.json === true, { rows, encoding }, [`${rows} venues written to ${file}`]);
}

/** `venues import` and `venues export`. */
export function venuesCommands(program: Command): void {
  const venues = program.command('venues').description('places of vaccination');
  venues
    .command('import <file>')
    .description(
      'import a CSV of venues, CP932 or UTF-8, - for standard input: all rows or none; exit code 1 when rows are faulty',
    )
    .option(
      '--dry-run',
      'say what would change and whom of those booked it would hit, and change nothing',
    )
    .option('--refused <file>', 'write the faults as CSV: line, column, reason')
    .option('--json', 'one JSON object instead of sentences')
    .action(importVenuesCommand);
  venues
    .command('export <file>')
    .description('write the venues as the CSV that import takes; - for standard output')
    .option('--encoding <name>', 'cp932 or utf-8', 'cp932')
    .option('--json', 'one JSON object instead of sentences')
    .action(exportVenuesCommand);
}
