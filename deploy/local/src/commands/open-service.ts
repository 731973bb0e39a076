import type { Database } from '@madoguchi/database';
import { openDatabase } from '@madoguchi/database';
import { newId } from '@madoguchi/kernel';
import type { EventKey } from '@madoguchi/messaging';
import { createEventKey } from '@madoguchi/messaging';
import type { Service } from '@madoguchi/service';
import { readConfig } from '@madoguchi/service';
import { WrongUsage } from './outcome.ts';
import { userInfo } from 'node:os';
import { openHomeInUse } from '../start/home.ts';
import { appOf, databaseOf, databaseUrl } from '../start/servers.ts';

export type OpenService = {
  database: Database;
  eventKey: EventKey;
  municipalityCode: string;
  lookupKey: string;
  databaseUrl: string;
  /** The administrator, by the name the machine knows them. */
  who: {
    municipalityCode: string;
    actorId: string;
    role: 'system-administrator';
    correlationId: string;
  };
};

/** Settings of a service: from the environment, as in a container, or from the local installation. */
async function settingsOf(
  service: Service,
): Promise<{ url: string; eventKey: string; lookupKey: string; municipalityCode: string }> {
  if (process.env['VERIFY_KEYS'] !== undefined) {
    const config = readConfig({}, process.env);
    // A container has the settings of its own service only; another one's rows are not there.
    const here = new URL(config.DATABASE_URL ?? 'postgresql://none/none').pathname.slice(1);
    if (here !== databaseOf(service.name))
      throw new WrongUsage(
        `This place has the settings of ${here}. Run it where ${service.name} runs: docker-compose exec ${service.name} madoguchi …`,
      );
    return {
      url: config.DATABASE_URL ?? '',
      eventKey: config.EVENT_KEY,
      lookupKey: config.LOOKUP_KEY,
      municipalityCode: config.MUNICIPALITY_CODE,
    };
  }
  const { secrets, ports } = await openHomeInUse(process.env);
  const admin =
    process.env['DATABASE_URL'] ?? `postgresql://postgres@127.0.0.1:${ports.postgres}/postgres`;
  const role = { name: appOf(service.name), password: secrets.appPassword };
  return {
    url: databaseUrl(admin, service.name, role),
    eventKey: secrets.eventKey,
    lookupKey: secrets.lookupKey,
    municipalityCode: '131237',
  };
}

/** Opens a service's own database for one command, and closes it after. */
export async function withService<T>(
  service: Service,
  work: (open: OpenService) => Promise<T>,
): Promise<T> {
  if (!service.prisma) throw new Error(`${service.name} owns no data`);
  const { url, eventKey, lookupKey, municipalityCode } = await settingsOf(service);
  const database = openDatabase({
    url,
    name: 'madoguchi-command',
    poolSize: 4,
    prisma: service.prisma.client,
  });
  try {
    return await work({
      database,
      eventKey: createEventKey(eventKey),
      municipalityCode,
      lookupKey,
      databaseUrl: url,
      who: {
        municipalityCode,
        actorId: `command:${userInfo().username}`,
        role: 'system-administrator',
        correlationId: newId(),
      },
    });
  } finally {
    await database.close();
  }
}
