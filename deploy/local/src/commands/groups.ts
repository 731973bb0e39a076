import { isReason } from '@madoguchi/contracts';
import { ok, systemClock, tokyoDate } from '@madoguchi/kernel';
import { matchPeople } from '@madoguchi/registry/match-addressees/match-people';
import { registry } from '@madoguchi/registry/service';
import { readList } from '@madoguchi/reservations/import-group-members/read-list';
import { knowPeople, takeList } from '@madoguchi/reservations/import-group-members/take-list';
import { listedGroups } from '@madoguchi/reservations/list-listed-groups/listed-groups';
import { reservations } from '@madoguchi/reservations/service';
import { readRulebook } from '@madoguchi/reservations/store/rulebook-store';
import type { Command } from 'commander';
import { CommandRefused, refusedBecause, report, WrongUsage } from './outcome.ts';
import { withService } from './open-service.ts';
import { readInput } from './read-input.ts';
import { reportImport } from './report-import.ts';

type ImportOptions = {
  source: string;
  reason: string;
  whole?: boolean;
  dryRun?: boolean;
  refused?: string;
  json?: boolean;
};
const LONGEST_SOURCE = 200;

function checked({ source, reason }: ImportOptions): { source: string; reason: string } {
  if (!isReason(reason)) throw new WrongUsage('--reason has at least 10 characters.');
  if (source.trim() === '' || source.length > LONGEST_SOURCE)
    throw new WrongUsage(
      `--source says where the list comes from, in ${LONGEST_SOURCE} characters.`,
    );
  return { source: source.trim(), reason: reason.trim() };
}

/** `groups import FILE`: a list of people of priority groups, all rows or none. */
async function importGroupsCommand(file: string, options: ImportOptions): Promise<void> {
  const { source, reason } = checked(options);
  const bytes = await readInput(file);
  const { dryRun = false, whole = false } = options;
  const taken = await withService(registry, (register) =>
    withService(reservations, async ({ database, who }) => {
      const list = readList(bytes, {
        rules: await readRulebook(database.read, systemClock.now()),
        source,
      });
      if (!list.ok) return list;
      const known = await knowPeople(list.value, async (people) =>
        ok(await matchPeople(register, people)),
      );
      if (!known.ok) return known;
      return ok(
        await database.transaction(who, (tx) =>
          takeList(tx, known.value, { dryRun, whole, reason, clock: systemClock }),
        ),
      );
    }),
  );
  if (!taken.ok) throw refusedBecause(taken.refusal, file);
  const counts = taken.value;
  const faults = counts.refused.length;
  const nothing = faults > 0 ? '; nothing was imported' : '';
  await reportImport(
    counts,
    options,
    `${counts.rows} rows: ${counts.entered} entered, ${counts.changed} changed, ${counts.unchanged} unchanged, ${counts.ended} ended, ${faults} faults${nothing}${dryRun ? ' (dry run: nothing was changed)' : ''}`,
  );
}

/** `groups list`: the groups that are told by a list, with how many are on it. */
async function listGroupsCommand(options: { json?: boolean }): Promise<void> {
  const groups = await withService(reservations, ({ database }) =>
    listedGroups(database.read, systemClock.now()),
  );
  if (groups.length === 0)
    throw new CommandRefused(
      'There is no group that is told by a list. Enter one at the console (Alt+Z).',
    );
  report(
    options.json === true,
    { on: tokyoDate(systemClock.now()), groups },
    groups.map(
      ({ groupCode, name, members, ahead }) =>
        `${groupCode} ${name.ja}: ${members} today, ${ahead} from a later day on`,
    ),
  );
}

/** `groups import` and `groups list`. */
export function groupsCommands(program: Command): void {
  const groups = program
    .command('groups')
    .description('lists of people of priority groups (優先接種対象者)');
  groups
    .command('import <file>')
    .description(
      'import a list (宛名番号, 生年月日, 区分コード; 開始日, 最終日, 出所), CP932 or UTF-8: all rows or none; exit code 1 when rows are faulty',
    )
    .requiredOption('--source <text>', 'where the list comes from, for rows that do not say')
    .requiredOption('--reason <text>', 'why, for the history; at least 10 characters')
    .option('--whole', 'the file is the whole list of its groups: who is not in it comes off today')
    .option('--dry-run', 'say what would change, and change nothing')
    .option('--refused <file>', 'write the faults as CSV: line, column, reason')
    .option('--json', 'one JSON object instead of sentences')
    .action(importGroupsCommand);
  groups
    .command('list')
    .description('groups that are told by a list, with how many are on it')
    .option('--json', 'one JSON object instead of sentences')
    .action(listGroupsCommand);
}
