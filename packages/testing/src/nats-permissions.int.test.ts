import type { ServiceName } from '@madoguchi/contracts';
import { getCase, sessionOpened, snapshotResidents } from '@madoguchi/contracts';
import type { Connection } from '@madoguchi/messaging';
import { connectNats, createCall, durableOf, streamOf } from '@madoguchi/messaging';
import { defineService, onSignal, subscription } from '@madoguchi/service';
import { createTelemetry } from '@madoguchi/telemetry';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TABLES_OF_CALLS } from './silent-service.fixture.ts';
import type { TestWorld } from './test-world.ts';
import { eventually, testWorld } from './test-world.ts';

let world: TestWorld;
const open: Connection[] = [];
const telemetry = createTelemetry({ service: 'test', level: 'silent' });

/** Signed in as a service, or with a key of nobody. */
async function as(service: ServiceName, name: string = service): Promise<Connection> {
  const { NATS_NKEY_SEED: nkeySeed } = await world.environmentOf(service);
  const connection = await connectNats({
    servers: world.natsUrl,
    name,
    nkeySeed,
    log: telemetry.log,
  });
  open.push(connection);
  return connection;
}

beforeAll(async () => {
  world = await testWorld();
});
afterAll(async () => {
  for (const connection of open) await connection.close();
  await world.stop();
});

const refusedAt = async (connection: Connection, subject: string): Promise<void> => {
  const started = Date.now();
  await eventually(`the refusal of ${subject}`, async () =>
    connection.forbidden.some((sentence) => sentence.includes(subject)),
  );
  expect(Date.now() - started).toBeLessThan(1_000);
};

describe('the key of a service (least privilege on NATS)', () => {
  it('is needed: nobody gets in without one', async () => {
    const servers = world.natsUrl;
    await expect(connectNats({ servers, name: 'x', log: telemetry.log })).rejects.toThrow(
      /authorization/iu,
    );
  });

  it('asks at once for what is listed and for nothing else', async () => {
    const notices = await as('notices');
    const call = createCall(notices, telemetry);
    // Listed, and nobody serves it: the question was let through.
    expect(await call(snapshotResidents, {}, {})).toMatchObject({
      refusal: { code: 'dependency_unavailable' },
    });
    const started = Date.now();
    expect(await call(getCase, {}, {})).toMatchObject({ refusal: { code: 'internal_fault' } });
    expect(Date.now() - started).toBeLessThan(1_000);
  });

  it('tells no fact of another, and none in the name of the audit log of another', async () => {
    const calls = await as('calls');
    for (const subject of ['ev.registry.resident.verified.v1', 'ev.staff.audit.recorded.v1']) {
      calls.nats.publish(subject, '{}');
      await refusedAt(calls, subject);
    }
    await calls.jetstream.publish('ev.calls.probe.v1', '{}');
  });

  it('hears no operation, answer or signal of another', async () => {
    const notices = await as('notices');
    for (const subject of ['op.registry.>', '_INBOX.registry.>', 'live.calls.operator.*', '>']) {
      notices.nats.subscribe(subject, { callback: () => undefined });
      await refusedAt(notices, subject);
    }
  });

  it('neither drops nor changes a stream, nor reads with the consumer of another', async () => {
    const health = await as('health-records');
    const stream = streamOf('notices');
    const durable = durableOf('registry', 'tickets');
    for (const subject of [
      `$JS.API.STREAM.DELETE.${streamOf('health-records')}`,
      `$JS.API.STREAM.PURGE.${stream}`,
      `$JS.API.STREAM.UPDATE.${streamOf('health-records')}`,
      `$JS.API.STREAM.MSG.GET.${stream}`,
      `$JS.API.CONSUMER.DELETE.${stream}.${durable}`,
      `$JS.API.CONSUMER.MSG.NEXT.${stream}.${durable}`,
      `$JS.ACK.${stream}.${durable}.1.1.1.1.0`,
    ]) {
      health.nats.publish(subject, '{}');
      await refusedAt(health, subject);
    }
  });

  it('answers only who asked', async () => {
    const registry = await as('registry');
    registry.nats.publish('_INBOX.console.x', '{}');
    await refusedAt(registry, '_INBOX.console.x');
  });
});

describe('a service that wants more than is listed', () => {
  it('does not start, and says what is missing where', async () => {
    const listens = defineService({
      name: 'calls',
      config: {},
      prisma: TABLES_OF_CALLS,
      wire: () => [onSignal('live.registry.secret', () => undefined)],
    });
    await expect(world.start(listens)).rejects.toThrow(/live\.registry\.secret.*TRAFFIC/u);
    const follows = defineService({
      name: 'calls',
      config: {},
      prisma: TABLES_OF_CALLS,
      wire: () => [subscription('unheard-of', [sessionOpened], async () => undefined)],
    });
    await expect(world.start(follows)).rejects.toThrow(/calls-unheard-of.*TRAFFIC/u);
  });
});
