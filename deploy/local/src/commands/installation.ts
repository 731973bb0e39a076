import type { Service } from '@madoguchi/service';
import type { Home } from '../start/home.ts';
import { openHomeInUse } from '../start/home.ts';
import { ALL_SERVICES } from '../start/services.ts';
import { databaseOf } from '../start/servers.ts';
import { WrongUsage } from './outcome.ts';

export type Installation = {
  home: Home;
  /** Superuser's address of PostgreSQL. */
  adminUrl: string;
  natsUrl: string;
  /** Whether NATS is ours, with keys. */
  natsSignIn: boolean;
};

/** Services that own data. */
export const OWNERS: readonly Service[] = ALL_SERVICES.filter((service) => service.prisma);

/** The services that are meant: all, or the one that is named. */
export function servicesNamed(name: string | undefined): readonly Service[] {
  if (name === undefined) return OWNERS;
  const found = OWNERS.filter((service) => service.name === name);
  if (found.length > 0) return found;
  throw new WrongUsage(
    `There is no service ${name} with data; there are ${OWNERS.map((one) => one.name).join(', ')}.`,
  );
}

/**
 * The whole installation of MADOGUCHI_HOME, as its administrator has it.
 * @param open `openHome` where the command may be the first one that a new folder sees
 */
export async function openInstallation(open = openHomeInUse): Promise<Installation> {
  const environment = process.env;
  const home = await open(environment);
  return {
    home,
    adminUrl:
      environment['DATABASE_URL'] ??
      `postgresql://postgres:${home.secrets.postgresPassword}@127.0.0.1:${home.ports.postgres}/postgres`,
    natsUrl: environment['NATS_URL'] ?? `nats://127.0.0.1:${home.ports.nats}`,
    natsSignIn: environment['NATS_URL'] === undefined,
  };
}

/** The superuser's address of a service's database. */
export function adminUrlOf(adminUrl: string, service: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${databaseOf(service)}`;
  return url.href;
}

/** An instant as it was given, or what is wrong with it. */
export function instantOf(option: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const at = new Date(text);
  if (/^\d{4}-\d{2}-\d{2}(T.+(Z|[+-]\d{2}:\d{2}))?$/.test(text) && !Number.isNaN(at.getTime()))
    return at;
  throw new WrongUsage(
    `${option} is a date (2026-11-23) or an instant with its offset (2026-11-23T09:00:00+09:00).`,
  );
}
