import { systemClock } from '@madoguchi/kernel';
import { importFile } from '@madoguchi/reservations/import-sessions/import-file';
import { reservations } from '@madoguchi/reservations/service';
import type { Command } from 'commander';
import { refusedBecause } from './outcome.ts';
import { withService } from './open-service.ts';
import { readInput } from './read-input.ts';
import { reportImport } from './report-import.ts';
import { closeSlotsCommand } from './slots-close.ts';
import { exportSlotsCommand } from './slots-export.ts';

const json = ['--json', 'one JSON object instead of sentences'] as const;

type OpenOptions = { dryRun?: boolean; json?: boolean; refused?: string };

/** `slots open FILE`: the sessions of a CSV with the slots of their patterns, all of them or none. */
async function openSlotsCommand(file: string, options: OpenOptions): Promise<void> {
  const bytes = await readInput(file);
  const dryRun = options.dryRun ?? false;
  const done = await withService(reservations, ({ database, who }) =>
    database.transaction(who, (tx) => importFile(tx, bytes, { now: systemClock.now(), dryRun })),
  );
  if (!done.ok) throw refusedBecause(done.refusal, file);
  const counts = done.value;
  const faults = counts.refused.length;
  const nothing = faults > 0 || dryRun;
  await reportImport(
    counts,
    options,
    nothing
      ? `${counts.rows} sessions read, ${faults} faults; nothing was opened${dryRun ? ' (dry run)' : ''}`
      : `${counts.opened} sessions opened, ${counts.slots} slots`,
  );
}

/** `slots open`, `slots export` and `slots close`. */
export function slotsCommands(program: Command): void {
  const slots = program.command('slots').description('days of venues and their slots');
  slots
    .command('open <file>')
    .description(
      'open the sessions of a CSV (CP932 or UTF-8), all of them or none; exit code 1 when rows were refused',
    )
    .option('--dry-run', 'say what is wrong with it, and open nothing')
    .option('--refused <file>', 'write the refused rows as CSV: line, column, reason')
    .option(...json)
    .action(openSlotsCommand);
  slots
    .command('export')
    .description(
      'write sessions as the CSV that open takes, closed ones too (状態), which it would open; on standard output, or to --out',
    )
    .option('--venue <code>', 'of one venue; of all without it')
    .option('--from <day>', 'from this day on, YYYY-MM-DD; from today without it')
    .option('--to <day>', 'up to this day; to the last without it')
    .option('-o, --out <file>', 'write it there')
    .option('--encoding <name>', 'cp932 or utf-8', 'cp932')
    .option(...json)
    .action(exportSlotsCommand);
  slots
    .command('close <venue> <day>')
    .description(
      'close a venue’s sessions of a day (YYYY-MM-DD); who is booked comes on the worklist',
    )
    .requiredOption('--reason <code>', 'why, as a code: typhoon, venue-flooded')
    .option('--to <day>', 'and of all days up to this one')
    .option('--approval <id>', 'approval of kind session-change, where people are booked')
    .option('--emergency <what>', 'what happened: closes without an approval, to be confirmed')
    .option('--dry-run', 'say which sessions, whom it hits, and who has to agree; close nothing')
    .option(...json)
    .action(closeSlotsCommand);
}
