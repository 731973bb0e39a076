import { makeBackup } from '../backup/make-backup.ts';
import { openInstallation, OWNERS } from './installation.ts';
import { CommandRefused, report } from './outcome.ts';
import type { Progress } from './progress-bar.ts';
import { progressBar } from './progress-bar.ts';

type Options = { json?: boolean; withSecrets?: boolean };

/** `backup DIR`: every database as of one moment, with digests; the services go on meanwhile. */
export async function backupCommand(folder: string, options: Options): Promise<void> {
  const { home, adminUrl } = await openInstallation();
  let progress: Progress | undefined;
  const made = await makeBackup({
    folder,
    home,
    adminUrl,
    services: OWNERS.map(({ name }) => name),
    withSecrets: options.withSecrets === true,
    onTables: (count) => (progress = progressBar('Tables', count, options.json)),
    onTable: () => progress?.advance(1),
  }).finally(() => progress?.stop());
  if (typeof made === 'string') throw new CommandRefused(made);
  const tables = made.databases.flatMap((database) => database.tables);
  const totals = {
    databases: made.databases.length,
    tables: tables.length,
    rows: tables.reduce((sum, { rows }) => sum + rows, 0),
    bytes: tables.reduce((sum, { bytes }) => sum + bytes, 0),
  };
  report(options.json === true, { folder, startedAt: made.startedAt, ...totals }, [
    `${totals.databases} databases as of ${made.startedAt}: ${totals.rows} rows of ${totals.tables} tables, ${Math.ceil(totals.bytes / 1024)} KiB, in ${folder}`,
    options.withSecrets === true
      ? 'The keys lie in it too: whoever has it can read everything.'
      : 'The keys are not in it; keep secrets.json of MADOGUCHI_HOME elsewhere, or what is sealed stays closed.',
  ]);
}
