import { fileURLToPath } from 'node:url';
import { migrate } from '@madoguchi/database';
import { openHome } from '../start/home.ts';
import { appOf, databaseUrl, makeDatabases, makeStreams, ownerOf } from '../start/servers.ts';
import { openInstallation, OWNERS, servicesNamed } from './installation.ts';
import { report } from './outcome.ts';
import { progressBar } from './progress-bar.ts';

type Options = { json?: boolean; service?: string };

/** `migrate`: databases, roles, tables and streams as this version needs them; what is there stays. */
export async function migrateCommand(options: Options): Promise<void> {
  const services = servicesNamed(options.service);
  const { home, adminUrl, natsUrl, natsSignIn } = await openInstallation(openHome);
  await makeDatabases(
    home,
    adminUrl,
    OWNERS.map((service) => service.name),
  );
  const applied: Record<string, string[]> = {};
  const progress = progressBar('Migrating', services.length, options.json);
  try {
    for (const service of services) {
      const role = { name: ownerOf(service.name), password: home.secrets.ownerPassword };
      applied[service.name] = await migrate({
        ownerUrl: databaseUrl(adminUrl, service.name, role),
        prismaDirectory: fileURLToPath(service.prisma?.directory ?? ''),
        appRole: appOf(service.name),
      });
      progress.advance(1);
    }
  } finally {
    progress.stop();
  }
  await makeStreams(home, natsUrl, natsSignIn);
  const count = Object.values(applied).flat().length;
  report(options.json === true, { applied, streams: 'ready' }, [
    count === 0
      ? 'Nothing to apply; every database is up to date.'
      : `${count} migrations applied:`,
    ...Object.entries(applied).flatMap(([service, names]) =>
      names.map((name) => `  ${service}: ${name}`),
    ),
    'The streams of events are there.',
  ]);
}
