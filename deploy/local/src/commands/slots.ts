import { readFile, writeFile } from 'node:fs/promises';
import { VenueCode } from '@madoguchi/contracts';
import { parseCalendarDate, systemClock } from '@madoguchi/kernel';
import { refusalsCsv } from '@madoguchi/registry/import-residents/refusals-csv';
import { closeDays } from '@madoguchi/reservations/close-session/close-days';
import { importFile } from '@madoguchi/reservations/import-sessions/import-file';
import { reservations } from '@madoguchi/reservations/service';
import type { Command } from 'commander';
import { CommandRefused, EXIT, report, WrongUsage } from './outcome.ts';
import { withService } from './open-service.ts';
import { refusedBecause } from './residents.ts';

const json = ['--json', 'one JSON object instead of sentences'] as const;

type OpenOptions = { dryRun?: boolean; json?: boolean; refused?: string };

/** `slots open FILE`: the sessions of a CSV with the slots of their patterns, all of them or none. */
async function openSlotsCommand(file: string, options: OpenOptions): Promise<void> {
  const bytes = await readFile(file);
  const dryRun = options.dryRun ?? false;
  const done = await withService(reservations, ({ database, who }) =>
    database.transaction(who, (tx) => importFile(tx, bytes, { now: systemClock.now(), dryRun })),
  );
  if (!done.ok) throw refusedBecause(file, done.refusal);
  const { refused, ...counts } = done.value;
  if (options.refused !== undefined)
    await writeFile(options.refused, refusalsCsv(refused), { mode: 0o600 });
  const nothing = refused.length > 0 || dryRun;
  report(options.json === true, { ...counts, refused }, [
    nothing
      ? `${counts.rows} sessions read, ${refused.length} faults; nothing was opened${dryRun ? ' (dry run)' : ''}`
      : `${counts.opened} sessions opened, ${counts.slots} slots`,
    ...counts.ignoredColumns.map((column) => `Column ignored: ${column}`),
    ...refused.slice(0, 50).map(({ line, column, reason }) => `line ${line}, ${column}: ${reason}`),
  ]);
  if (refused.length > 0) process.exitCode = EXIT.refused;
}

type CloseOptions = { reason: string; to?: string; json?: boolean };

const REASON = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/u;

function readClosing(venue: string, day: string, options: CloseOptions) {
  const to = options.to ?? day;
  if (!VenueCode.safeParse(venue).success) throw new WrongUsage('VENUE is a code of ten digits.');
  if (parseCalendarDate(day) === undefined || parseCalendarDate(to) === undefined)
    throw new WrongUsage('DAY and --to are dates, YYYY-MM-DD.');
  if (to < day) throw new WrongUsage('--to lies before DAY.');
  if (!REASON.test(options.reason))
    throw new WrongUsage('--reason is a code: letters, digits, - and _, no blanks.');
  return { venueCode: venue, from: day, to };
}

/** `slots close VENUE DAY`: at once; whoever is booked comes on the worklist, nobody is cancelled. */
async function closeSlotsCommand(venue: string, day: string, options: CloseOptions): Promise<void> {
  const which = readClosing(venue, day, options);
  const done = await withService(reservations, ({ database, who }) =>
    database.transaction(who, (tx) =>
      closeDays(tx, which, { reason: options.reason, now: systemClock.now() }),
    ),
  );
  if (!done.ok)
    throw new CommandRefused(
      done.refusal.code === 'venue_not_found'
        ? `There is no venue ${venue}.`
        : `${venue} has no open session on ${day}${options.to === undefined ? '' : ` to ${options.to}`}.`,
    );
  const { sessions, toBeCalled, holdsEnded } = done.value;
  report(options.json === true, { ...which, ...done.value }, [
    `${sessions} sessions closed; ${toBeCalled} people are on the worklist to be called, ${holdsEnded} holds ended.`,
  ]);
}

/** `slots open` and `slots close`. */
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
    .command('close <venue> <day>')
    .description(
      'close a venue’s sessions of a day (YYYY-MM-DD); who is booked comes on the worklist',
    )
    .requiredOption('--reason <code>', 'why, as a code: typhoon, venue-flooded')
    .option('--to <day>', 'and of all days up to this one')
    .option(...json)
    .action(closeSlotsCommand);
}
