import type { Command } from 'commander';
import { exportAuditCommand } from './audit-export.ts';
import { backupCommand } from './backup.ts';
import { printDaySheetCommand } from './day-sheets.ts';
import { migrateCommand } from './migrate.ts';
import { printNoticesCommand } from './notices.ts';
import { replayEventsCommand } from './replay.ts';
import { restoreCommand } from './restore.ts';

const json = ['--json', 'one JSON object instead of sentences'] as const;

/** `audit export`, beside `audit verify`. */
export function auditExportCommand(audit: Command): void {
  audit
    .command('export <file>')
    .description(
      'write the log as FHIR R4 AuditEvents (NDJSON) or as CSV; the export is entered in it',
    )
    .option('--format <format>', 'fhir or csv', 'fhir')
    .option('--from <instant>', 'entries from this date or instant on')
    .option('--to <instant>', 'entries before this date or instant')
    .option(...json)
    .action(exportAuditCommand);
}

/** Commands on the installation as a whole. */
export function installationCommands(program: Command): void {
  program
    .command('migrate')
    .description('bring databases, roles and streams to what this version needs')
    .option('--service <name>', 'migrations of this service only')
    .option(...json)
    .action(migrateCommand);
  program
    .command('backup <folder>')
    .description('every database as of one moment, with digests, into a new folder')
    .option('--with-secrets', 'put keys and demo sign-ins into it too')
    .option(...json)
    .action(backupCommand);
  program
    .command('restore <folder>')
    .description('fill empty databases from a backup, after all of it was checked')
    .option('--dry-run', 'check the backup, and change nothing')
    .option(...json)
    .action(restoreCommand);
  program
    .command('notices')
    .description('tickets and notices')
    .command('print <folder>')
    .description('print live tickets that were never printed, as PDFs, once a second person agreed')
    .requiredOption(
      '--approval <id>',
      'approval of kind export for notices-run/<limit>, good for one run',
    )
    .option('--limit <count>', 'at most so many papers', '1000')
    .option(...json)
    .action(printNoticesCommand);
  program
    .command('day-sheets')
    .description('lists for venues')
    .command('print <venue> <day>')
    .description('who comes to a venue on a day, as PDF or CSV, once a second person agreed')
    .requiredOption('--approval <id>', 'approval of kind export for day-sheet/<venue>/<day>')
    .option('--csv', 'a table instead of paper')
    .option('--encoding <name>', 'of the table: utf8 or cp932', 'utf8')
    .option('--out <file>', 'default: day-sheet-<venue>-<day>.pdf or .csv')
    .option(...json)
    .action(printDaySheetCommand);
  const events = program.command('events').description('facts that services tell each other');
  events
    .command('replay')
    .description('publish again what was published, after a stream was lost; who had it drops it')
    .option('--service <name>', 'facts of this service only')
    .option('--from <instant>', 'recorded from this date or instant on (default: all of 35 days)')
    .option('--to <instant>', 'recorded before this date or instant (default: now)')
    .option('--dry-run', 'count them, and publish nothing')
    .option(...json)
    .action(replayEventsCommand);
}
