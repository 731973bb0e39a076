import type { ServiceName } from '@madoguchi/contracts';
import { HEARD_BY_ALL, LANES, SERVICES, subjectFor, TRAFFIC } from '@madoguchi/contracts';
import { nkeys } from '@nats-io/transport-node';
import { DEAD_LETTERS, streamOf } from './streams.ts';

/** A key of one who signs in to NATS; the server knows its public half only. */
export type NatsKey = { seed: string; publicKey: string };

/** Subjects that one may publish to and subscribe to. */
export type Permissions = { publish: readonly string[]; subscribe: readonly string[] };

/** Makes streams and measures; no service, and nothing a service does is open to it. */
export const INSTALLATION = 'installation';

export function newNatsKey(): NatsKey {
  const pair = nkeys.createUser();
  return { seed: new TextDecoder().decode(pair.getSeed()), publicKey: pair.getPublicKey() };
}

const inboxOf = (name: string): string => `_INBOX.${name}.>`;

/** The durable name of a service's consumer. */
export const durableOf = (service: string, consumer: string): string => `${service}-${consumer}`;

/** A consumer: made, looked up, pulled from and acknowledged under its own name, nobody else's. */
function consumerSubjects(stream: string, durable: string): string[] {
  const place = `${stream}.${durable}`;
  return [
    `$JS.API.CONSUMER.DURABLE.CREATE.${place}`,
    `$JS.API.CONSUMER.INFO.${place}`,
    `$JS.API.CONSUMER.MSG.NEXT.${place}`,
    `$JS.ACK.${place}.>`,
  ];
}

/** What a service may do on NATS: derived from the catalog and from its traffic, and nothing beside. */
export function permissionsOf(service: ServiceName): Permissions {
  const { calls, follows, sends, hears } = TRAFFIC[service];
  const consumers = Object.entries(follows).flatMap(([consumer, owners]) =>
    owners.map((owner) => ({ owner, durable: durableOf(service, consumer) })),
  );
  return {
    publish: [
      ...calls.flatMap((operation) => LANES.map((lane) => subjectFor(operation, lane))),
      `ev.${service}.>`,
      ...consumers.map(({ owner }) => `dlq.ev.${owner}.>`),
      ...sends,
      '$JS.API.INFO',
      `$JS.API.STREAM.INFO.${streamOf(service)}`,
      ...consumers.flatMap(({ owner, durable }) => consumerSubjects(streamOf(owner), durable)),
    ].filter((subject, index, all) => all.indexOf(subject) === index),
    subscribe: [`op.${service}.>`, ...HEARD_BY_ALL, ...hears, inboxOf(service)],
  };
}

/** Streams are made by whoever installs, so that no service can change how long facts are kept. */
const installationPermissions: Permissions = {
  publish: [
    '$JS.API.INFO',
    ...[...SERVICES.map(streamOf), DEAD_LETTERS].flatMap((stream) =>
      ['INFO', 'CREATE', 'UPDATE'].map((verb) => `$JS.API.STREAM.${verb}.${stream}`),
    ),
    'bench.>',
  ],
  subscribe: [inboxOf(INSTALLATION), 'bench.>'],
};

const ANSWERS = '{ max: 1, expires: "2m" }';

const userLines = (publicKey: string, { publish, subscribe }: Permissions): string =>
  `  { nkey: ${publicKey}, permissions: { publish: ${JSON.stringify(publish)}, subscribe: ${JSON.stringify(subscribe)}, allow_responses: ${ANSWERS} } }`;

/**
 * The `authorization` block of the server: every service and the installation by public key, each with
 * its permissions, others as given. Nobody else gets in.
 */
export function natsAuthorization(
  keys: Readonly<Record<string, NatsKey>>,
  others: readonly { publicKey: string; permissions: Permissions }[] = [],
): string {
  const known = [...SERVICES, INSTALLATION].map((name) => {
    const key = keys[name];
    if (!key) throw new Error(`no NATS key for ${name}`);
    const permissions =
      name === INSTALLATION ? installationPermissions : permissionsOf(name as ServiceName);
    return { publicKey: key.publicKey, permissions };
  });
  return [
    'authorization { users: [',
    ...[...known, ...others].map((user) => userLines(user.publicKey, user.permissions)),
    '] }',
  ].join('\n');
}
