import { Command, CommanderError } from 'commander';
import { verifyAuditCommand } from './audit.ts';
import { checkFiles } from './check-files.ts';
import { importDosesCommand } from './doses.ts';
import { auditExportCommand, installationCommands } from './installation-commands.ts';
import { EXIT, exitOf } from './outcome.ts';
import { importCodesCommand, listCodesCommand } from './register-codes.ts';
import { mailingCommand } from './residents-mailing.ts';
import { inventResidentsCommand } from './residents-invent.ts';
import { groupsCommands } from './groups.ts';
import { importHistoryCommand } from './residents-history.ts';
import { importResidentsCommand } from './residents.ts';
import { slotsCommands } from './slots.ts';
import {
  addStaffCommand,
  assignVenuesCommand,
  demoCodeCommand,
  disableStaffCommand,
  listStaffCommand,
  terminalCodeCommand,
} from './staff.ts';
import { venuesCommands } from './venues.ts';

const json = ['--json', 'one JSON object instead of sentences'] as const;

function staffCommands(program: Command): void {
  const staff = program.command('staff').description('workers');
  staff
    .command('list')
    .description('the roster')
    .option(...json)
    .action(listStaffCommand);
  staff
    .command('add <login>')
    .description('add a worker; password and code secret are printed once')
    .requiredOption('--name <name>', 'name as shown on screens')
    .requiredOption('--role <role>', 'operator, senior-operator, reviewer, city-staff, …')
    .requiredOption('--organisation <name>', 'contractor or department')
    .option('--extension <number>', 'telephone extension')
    .option(...json)
    .action(addStaffCommand);
  staff
    .command('venues <login> [code...]')
    .description('set at which venues somebody of role venue-staff works; what was set before ends')
    .option('--none', 'at no venue any more')
    .option('--from <date>', 'first day, YYYY-MM-DD; today where absent')
    .option('--to <date>', 'last day, YYYY-MM-DD; until further notice where absent')
    .option(...json)
    .action(assignVenuesCommand);
  staff
    .command('disable <login>')
    .description('suspend a worker; sessions end')
    .option(...json)
    .action(disableStaffCommand);
}

function residentsCommands(program: Command): void {
  const residents = program.command('residents').description('the resident register');
  residents
    .command('import <file>')
    .description(
      'import a snapshot of the register, or changes to it (column 更新区分); CSV, CP932 or UTF-8; exit code 1 when rows were refused',
    )
    .option('--dry-run', 'say what would change, and change nothing')
    .option('--refused <file>', 'write the refused rows as CSV: line, column, reason')
    .option(
      '--partial',
      'the file is a part of the register: nobody is taken off for not being in it',
    )
    .option('--accept-removals', 'take off everybody who is not in the file, however many')
    .option('--removal-limit <percent>', 'stop when more of the register would be taken off', '1')
    .option(...json)
    .action(importResidentsCommand);
  residents
    .command('history <file>')
    .description('import a history file (異動履歴); exit code 1 when rows were refused')
    .option('--dry-run', 'say what would change, and change nothing')
    .option('--refused <file>', 'write the refused rows as CSV: line, column, reason')
    .option(...json)
    .action(importHistoryCommand);
  residents
    .command('invent <file>')
    .description(
      'write invented residents as the register’s own file (CP932); the same seed, the same people',
    )
    .option('--count <number>', 'how many', '700000')
    .option('--seed <number>', 'whole number', '1')
    .option('--today <date>', 'day they are invented on, YYYY-MM-DD')
    .option('--history <file>', 'write their history too')
    .option(...json)
    .action(inventResidentsCommand);
  residents
    .command('mailing <file>')
    .description('write names and addresses of residents by birth date, protected people left out')
    .requiredOption('--approval <id>', 'a second person’s approval of this file')
    .option('--born-from <date>', 'YYYY-MM-DD', '1900-01-01')
    .option('--born-to <date>', 'YYYY-MM-DD; today where absent')
    .option(...json)
    .action(mailingCommand);
  const codes = residents
    .command('codes')
    .description('what the municipality’s codes for 異動事由, 消除区分, 性別 and 規制情報 mean');
  codes
    .command('list')
    .description('own codes and the words built in')
    .option(...json)
    .action(listCodesCommand);
  codes
    .command('import <file>')
    .description('replace the own codes by those of a CSV: 項目, コード, 名称, 意味')
    .option(...json)
    .action(importCodesCommand);
}

function commands(): Command {
  const program = new Command('madoguchi')
    .description('Administration of a Madoguchi installation')
    .exitOverride();
  program.configureHelp({ showGlobalOptions: true });
  program.hook('preAction', (_, command) => checkFiles(command));
  residentsCommands(program);
  venuesCommands(program);
  const doses = program.command('doses').description('doses given');
  doses
    .command('import <file>')
    .description('import the VRS ledger CSV; exit code 1 when rows were refused')
    .option('--dry-run', 'say what would change, and change nothing')
    .option('--refused <file>', 'write the refused rows as CSV: line, column, reason')
    .option(...json)
    .action(importDosesCommand);
  const audit = program.command('audit').description('the audit log');
  audit
    .command('verify')
    .description('walk the whole log; exit code 1 and the place when it is broken')
    .option(...json)
    .action(verifyAuditCommand);
  slotsCommands(program);
  groupsCommands(program);
  auditExportCommand(audit);
  installationCommands(program);
  staffCommands(program);
  const terminal = program.command('terminal').description('operators’ terminals');
  terminal
    .command('code <label>')
    .description('a one-use code to enrol a terminal')
    .option(...json)
    .action(terminalCodeCommand);
  program
    .command('code <login>')
    .description('the present sign-in code of a demo worker')
    .action(demoCodeCommand);
  for (const command of [
    program,
    ...program.commands,
    ...program.commands.flatMap((one) => one.commands),
  ])
    command.exitOverride();
  return program;
}

/** Runs one command; the exit code says how it went: 0 done, 1 refused, 2 wrong usage, 3 not reachable. */
export async function runCommand(argv: readonly string[]): Promise<void> {
  try {
    await commands().parseAsync([...argv]);
  } catch (error) {
    if (error instanceof CommanderError) {
      const asked = ['commander.help', 'commander.helpDisplayed', 'commander.version'].includes(
        error.code,
      );
      process.exit(asked ? EXIT.done : EXIT.usage);
    }
    const { code, sentence } = exitOf(error);
    process.stderr.write(`${sentence}\n`);
    process.exit(code);
  }
}
