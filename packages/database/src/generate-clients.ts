import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Generates each service's Prisma client into `services/<name>/src/generated` where the schema is newer.
 * The schema engine's binary is not needed for that and cannot be had everywhere, so Prisma is told to
 * use a program that does nothing.
 */
const newest = (path: string): number => (existsSync(path) ? statSync(path).mtimeMs : 0);

for (const service of readdirSync('services')) {
  const schema = join('services', service, 'prisma', 'schema.prisma');
  if (!existsSync(schema)) continue;
  const generated = join('services', service, 'src', 'generated', 'client.ts');
  if (newest(generated) > newest(schema)) continue;
  const { status, stderr } = spawnSync('prisma', ['generate', '--schema', schema], {
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
    },
    encoding: 'utf8',
  });
  if (status !== 0) {
    process.stderr.write(`prisma generate failed for ${service}: ${stderr}\n`);
    process.exit(1);
  }
}
