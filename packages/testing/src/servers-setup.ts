import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate } from '@madoguchi/database';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { freePort } from './child-server.ts';
import { startContainerPostgres } from './container-postgres.ts';
import { startPostgres } from './embedded-postgres.ts';
import { findNatsServer } from './nats-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    postgresAdminUrl: string;
    /** Empty with containers. */
    natsProgram: string;
    backend: 'embedded' | 'containers';
  }
}

const SERVICES = fileURLToPath(new URL('../../../services/', import.meta.url));
export const APP_ROLE = 'madoguchi_app';
export const APP_PASSWORD = 'only-in-tests';

async function migrateTemplates(adminUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`CREATE ROLE ${APP_ROLE} LOGIN PASSWORD '${APP_PASSWORD}'`);
  for (const service of await readdir(SERVICES)) {
    const prismaDirectory = join(SERVICES, service, 'prisma');
    const migrations = await readdir(join(prismaDirectory, 'migrations')).catch(() => undefined);
    if (!migrations) continue;
    const name = `template_${service.replaceAll('-', '_')}`;
    await admin.query(`CREATE DATABASE ${name}`);
    const url = new URL(adminUrl);
    url.pathname = `/${name}`;
    await migrate({ ownerUrl: url.href, prismaDirectory, appRole: APP_ROLE });
  }
  await admin.end();
}

/** Vitest global set-up: one PostgreSQL a run with a migrated template per service, and the NATS program. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-test-'));
  // The servers run as another user when we are root, and have to get through to their folders.
  await chmod(folder, 0o755);
  const backend = process.env['TEST_BACKEND'] === 'containers' ? 'containers' : 'embedded';
  const postgres =
    backend === 'containers'
      ? await startContainerPostgres()
      : await startPostgres({
          folder: join(folder, 'postgres'),
          port: await freePort(),
          password: 'only-in-tests',
          settings: ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'],
        });
  await migrateTemplates(postgres.adminUrl());
  project.provide('postgresAdminUrl', postgres.adminUrl());
  project.provide('backend', backend);
  const fetched = process.env['MADOGUCHI_NATS'] ?? join(tmpdir(), 'madoguchi-nats');
  project.provide('natsProgram', backend === 'containers' ? '' : await findNatsServer(fetched));
  return async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
