import type { Home } from './home.ts';
import type { Servers } from './servers.ts';
import { appOf, databaseUrl, ownerOf } from './servers.ts';

export type LocalOptions = { home: Home; servers: Servers; port: number; logLevel: string };

/** The environment of one service on this machine: what a container would be given. */
export function environmentOf(service: string, options: LocalOptions): Record<string, string> {
  const { home, servers, port } = options;
  const { secrets } = home;
  const pair = secrets.keys[service];
  const natsKey = secrets.natsKeys[service];
  if (!pair || !natsKey) throw new Error(`no key for ${service}`);
  const url = (name: string, password: string): string =>
    databaseUrl(servers.postgresAdminUrl, service, { name, password });
  return {
    NATS_URL: servers.natsUrl,
    ...(servers.natsSignIn ? { NATS_NKEY_SEED: natsKey.seed } : {}),
    VERIFY_KEYS: JSON.stringify(Object.values(secrets.keys).map((one) => one.verification)),
    SIGNING_KEY: JSON.stringify(pair.signing),
    EVENT_KEY: secrets.eventKey,
    LOOKUP_KEY: secrets.lookupKey,
    LOG_LEVEL: options.logLevel,
    PRIVATE_PORT: '0',
    ...(service === 'console'
      ? { PORT: String(port), PUBLIC_URL: `http://localhost:${port}`, CTI_TOKEN: secrets.ctiToken }
      : {
          DATABASE_URL: url(appOf(service), secrets.appPassword),
          DATABASE_OWNER_URL: url(ownerOf(service), secrets.ownerPassword),
          DATABASE_APP_ROLE: appOf(service),
        }),
    ...(service === 'staff' ? { TERMINAL_ENROLMENT: 'loopback' } : {}),
    ...(service === 'notices' || service === 'reservations'
      ? { FONT_DIRECTORIES: servers.fontDirectories }
      : {}),
  };
}
