import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { migrationSql } from './migration-sql.ts';

/**
 * Developers' command: `npm run migration -- <service> <verb_object> <scratch database URL>` writes the
 * SQL from a service's migrations to its present schema into a new migration folder. What Prisma cannot
 * express (CHECK, partial unique indexes) is added to that file by hand.
 */
const [service, name, scratchUrl] = process.argv.slice(2);
if (!service || !name || !scratchUrl) {
  process.stderr.write(
    'usage: npm run migration -- <service> <verb_object> <scratch database URL>\n',
  );
  process.exit(2);
}
const directory = join('services', service, 'prisma');
const sql = await migrationSql(directory, scratchUrl);
const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
const folder = join(directory, 'migrations', `${stamp}_${name}`);
await mkdir(folder, { recursive: true });
await writeFile(join(folder, 'migration.sql'), sql);
process.stdout.write(`${folder}/migration.sql\n`);
