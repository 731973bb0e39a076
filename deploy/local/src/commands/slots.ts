import { Code, Id, VenueCode } from '@madoguchi/contracts';
import { parseCalendarDate, systemClock } from '@madoguchi/kernel';
import { closeDays } from '@madoguchi/reservations/close-session/close-days';
import { reservationsConfig } from '@madoguchi/reservations/config';
import { importFile } from '@madoguchi/reservations/import-sessions/import-file';
import { reservations } from '@madoguchi/reservations/service';
import type { Command } from 'commander';
import { z } from 'zod';
import { refusedBecause, report, WrongUsage } from './outcome.ts';
import { withService } from './open-service.ts';
import { readInput } from './read-input.ts';
import { reportImport } from './report-import.ts';

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

type CloseOptions = {
  reason: string;
  to?: string;
  approval?: string;
  emergency?: string;
  json?: boolean;
};

function readClosing(venue: string, day: string, options: CloseOptions) {
  const to = options.to ?? day;
  if (!VenueCode.safeParse(venue).success) throw new WrongUsage('VENUE is a code of ten digits.');
  if (parseCalendarDate(day) === undefined || parseCalendarDate(to) === undefined)
    throw new WrongUsage('DAY and --to are dates, YYYY-MM-DD.');
  if (to < day) throw new WrongUsage('--to lies before DAY.');
  if (!Code.safeParse(options.reason).success)
    throw new WrongUsage('--reason is a code: letters, digits, - and _, no blanks.');
  if (options.approval !== undefined && options.emergency !== undefined)
    throw new WrongUsage('--emergency is for closing without an --approval.');
  if (options.approval !== undefined && !Id.safeParse(options.approval).success)
    throw new WrongUsage('--approval is the id of an approved request of kind session-change.');
  return { venueCode: venue, from: day, to, reason: options.reason };
}

/** What to do on the command line where closing is refused. */
const ADVICE: Readonly<Record<string, string>> = {
  session_change_needs_approval:
    'Nothing was closed. Somebody proposes exactly this at the console and a second person of the city approves it (--approval ID); in an emergency --emergency closes at once, and a second person confirms it afterwards.',
  approval_for_something_else:
    'Nothing was closed: the approval is of something else than this venue, days and reason.',
  reason_too_short: '--emergency says what happened, in at least 10 characters.',
};

/** `slots close VENUE DAY`: at once; whoever is booked comes on the worklist, nobody is cancelled. */
async function closeSlotsCommand(venue: string, day: string, options: CloseOptions): Promise<void> {
  const days = readClosing(venue, day, options);
  const { approval: approvalId, emergency: explanation } = options;
  const { EMERGENCY_CONFIRM_HOURS: confirmHours } = z
    .object(reservationsConfig)
    .parse({ ...process.env });
  const done = await withService(reservations, ({ database, who }) =>
    database.transaction(who, (tx) =>
      closeDays(tx, days, {
        approvalId,
        emergency: explanation === undefined ? undefined : { explanation },
        by: { id: who.actorId, atCommandLine: true, steppedUp: false },
        confirmHours,
        now: systemClock.now(),
      }),
    ),
  );
  if (!done.ok) {
    const range = `${day}${options.to === undefined ? '' : ` to ${options.to}`}`;
    throw refusedBecause(done.refusal, `${venue}, ${range}`, ADVICE[done.refusal.code]);
  }
  const { sessions, toBeCalled, holdsEnded, confirmBy } = done.value;
  const { venueCode, from, to } = days;
  report(options.json === true, { venueCode, from, to, ...done.value }, [
    `${sessions} sessions closed; ${toBeCalled} people are on the worklist to be called, ${holdsEnded} holds ended.`,
    ...(confirmBy === undefined
      ? []
      : [`A second person of the city has to confirm it at the console by ${confirmBy}.`]),
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
    .option('--approval <id>', 'approval of kind session-change, where people are booked')
    .option('--emergency <what>', 'what happened: closes without an approval, to be confirmed')
    .option(...json)
    .action(closeSlotsCommand);
}
