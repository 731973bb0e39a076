import { access, chmod, copyFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { portAnswers, startPostgres } from '@madoguchi/testing';
import { SECRET_FILES } from '../backup/make-backup.ts';
import { readManifest } from '../backup/manifest.ts';
import { faultsOf, filledDatabases, restoreBackup } from '../backup/restore-backup.ts';
import { claimHome } from '../start/claim-home.ts';
import { makeFolder, openHome } from '../start/home.ts';
import type { Installation } from './installation.ts';
import { openInstallation } from './installation.ts';
import { CommandRefused, report } from './outcome.ts';
import { progressBar } from './progress-bar.ts';

type Options = { json?: boolean; dryRun?: boolean };

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** An installation that has no keys yet takes over those of the backup, when they lie in it. */
async function takeOverSecrets(folder: string): Promise<void> {
  const home = resolve(process.env['MADOGUCHI_HOME'] ?? '.madoguchi');
  if (await isThere(join(home, 'secrets.json'))) return;
  await makeFolder(home);
  for (const name of SECRET_FILES) {
    if (!(await isThere(join(folder, name)))) continue;
    await copyFile(join(folder, name), join(home, name));
    await chmod(join(home, name), 0o600);
  }
}

/** PostgreSQL of this installation, for as long as the work takes when nothing runs. */
async function withPostgres<T>({ home }: Installation, work: () => Promise<T>): Promise<T> {
  if (process.env['DATABASE_URL'] !== undefined || (await portAnswers(home.ports.postgres)))
    return work();
  const release = await claimHome(home);
  try {
    const postgres = await startPostgres({
      folder: home.path('postgres'),
      port: home.ports.postgres,
      password: home.secrets.postgresPassword,
    });
    try {
      return await work();
    } finally {
      await postgres.stop();
    }
  } finally {
    await release();
  }
}

/** `restore DIR`: into empty databases only, after every file was found as it was written. */
export async function restoreCommand(folder: string, options: Options): Promise<void> {
  const manifest = await readManifest(folder);
  if (typeof manifest === 'string') throw new CommandRefused(manifest);
  if (options.dryRun !== true) await takeOverSecrets(folder);
  const installation = await openInstallation(openHome);
  const { home, adminUrl } = installation;
  const tables = manifest.databases.flatMap((database) => database.tables);
  const checking = progressBar('Checking ', tables.length, options.json);
  const faults = await faultsOf(manifest, {
    folder,
    home,
    adminUrl,
    onFile: () => checking.advance(1),
  }).finally(() => checking.stop());
  if (faults.length > 0)
    throw new CommandRefused([`${folder} cannot be restored:`, ...faults].join('\n'));
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const summary = { folder, startedAt: manifest.startedAt, tables: tables.length, rows };
  if (options.dryRun === true)
    return report(options.json === true, { ...summary, dryRun: true }, [
      `${folder} is whole: ${rows} rows of ${tables.length} tables, as of ${manifest.startedAt}. Nothing was changed.`,
    ]);
  await withPostgres(installation, async () => {
    const services = manifest.databases.map(({ service }) => service);
    const filled = await filledDatabases(adminUrl, services);
    if (filled.length > 0)
      throw new CommandRefused(
        `A backup is restored into empty databases only; these hold something: ${filled.join(', ')}. Set MADOGUCHI_HOME to a new folder, or DATABASE_URL to an empty server.`,
      );
    const progress = progressBar('Restoring', tables.length, options.json);
    await restoreBackup(manifest, {
      folder,
      home,
      adminUrl,
      onFile: () => progress.advance(1),
    }).finally(() => progress.stop());
  });
  return report(options.json === true, summary, [
    `${rows} rows of ${tables.length} tables are back as of ${manifest.startedAt}. Facts of the last 35 days go out again at the next start.`,
  ]);
}
