import { sessionOpened } from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import { DEAD_LETTERS, streamOf } from '@madoguchi/messaging';
import type { RunningService } from '@madoguchi/service';
import { defineService, subscription } from '@madoguchi/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TABLES_OF_CALLS } from './silent-service.fixture.ts';
import type { TestWorld } from './test-world.ts';
import { eventually, MUNICIPALITY, testWorld } from './test-world.ts';

let world: TestWorld;
const LONGER_THAN_ACK_WAIT_MS = 7_000;
const applied: string[] = [];
const tries = new Map<string, number>();

/** Reads facts of staff; those of extension 999 it can never apply, 998 fails twice, 997 takes long. */
const reader = defineService({
  name: 'calls',
  config: {},
  prisma: TABLES_OF_CALLS,
  wire: () => [
    subscription('desk-sessions', [sessionOpened], async ({ eventId, payload }, tx) => {
      const attempt = (tries.get(eventId) ?? 0) + 1;
      tries.set(eventId, attempt);
      await tx.query('SELECT 1');
      if (payload.extension === '997')
        await new Promise((resolve) => setTimeout(resolve, LONGER_THAN_ACK_WAIT_MS));
      if (payload.extension === '999' || (payload.extension === '998' && attempt < 3))
        throw new Error('cannot be applied');
      applied.push(eventId);
    }),
  ],
});

/** Tells many facts in one transaction, as an import does. */
const writer = defineService({
  name: 'staff',
  config: {},
  prisma: {
    directory: new URL('../../../services/staff/prisma/', import.meta.url),
    client: () => ({ $disconnect: async () => undefined }),
  },
  wire: () => [],
});
let writing: RunningService;

beforeAll(async () => {
  world = await testWorld();
  await world.start(reader);
  writing = await world.start(writer);
});
afterAll(() => world.stop());

const payloadOf = (extension: string, sessionId: string = newId()) => ({
  sessionId,
  operatorId: newId(),
  extension,
  role: 'operator' as const,
  at: new Date().toISOString(),
});

const tell = async (extension: string, eventId = newId(), msgID: string = newId()) => {
  const payload = payloadOf(extension);
  const body = { eventId, aggregateId: newId(), aggregateVersion: 1, at: payload.at };
  await world.connection.jetstream.publish(
    sessionOpened.subject,
    JSON.stringify({ ...body, payload: { open: payload } }),
    { msgID },
  );
  return eventId;
};
const arrives = (eventId: string) =>
  eventually(`event ${eventId}`, async () => applied.includes(eventId), 20_000);

const tellTogether = (extensions: readonly string[]) =>
  writing.runtime.database.transaction(
    { municipalityCode: MUNICIPALITY, actorId: 'staff', role: 'service', correlationId: newId() },
    async (tx) => {
      for (const extension of extensions)
        tx.record({
          type: sessionOpened,
          aggregateId: newId(),
          aggregateVersion: 1,
          payload: payloadOf(extension),
        });
    },
  );
const recorded = async (): Promise<string[]> =>
  (
    await world.sql<{ event_id: string }>(
      'staff',
      'SELECT event_id FROM relay.outbox ORDER BY position',
    )
  ).map((row) => row.event_id);

describe('facts told together', () => {
  it('travel in few messages, and arrive each once and in order', async () => {
    const manager = await world.connection.manager();
    const before = (await manager.streams.info(streamOf('staff'))).state.messages;
    await tellTogether(Array.from({ length: 250 }, () => '201'));
    const told = await recorded();
    await arrives(told.at(-1) ?? '');
    expect(applied.filter((id) => told.includes(id))).toEqual(told);
    const after = (await manager.streams.info(streamOf('staff'))).state.messages;
    expect(after - before).toBeGreaterThan(0);
    expect(after - before).toBeLessThanOrEqual(4);
  });

  it('F43: lose only the poison among them to the dead letters', async () => {
    const known = new Set(await recorded());
    await tellTogether(['201', '999', '201']);
    const [first, poison, last] = (await recorded()).filter((id) => !known.has(id));
    await arrives(last ?? '');
    expect(applied).toContain(first);
    expect(applied.filter((id) => id === first || id === last)).toHaveLength(2);
    const manager = await world.connection.manager();
    const letter = await manager.streams.getMessage(DEAD_LETTERS, {
      last_by_subj: `dlq.${sessionOpened.subject}`,
    });
    expect(letter?.json()).toMatchObject({ eventId: poison, tries: 5 });
  }, 40_000);
});

describe('facts of neighbours', () => {
  it('F5: are applied once, also when they come again past the window of deduplication', async () => {
    const eventId = await tell('201');
    await tell('201', eventId);
    await arrives(await tell('201'));
    expect(applied.filter((id) => id === eventId)).toHaveLength(1);
    expect(
      await world.sql('calls', 'SELECT 1 FROM relay.inbox WHERE event_id = $1', [eventId]),
    ).toHaveLength(1);
  });

  it('keep their order while one of them has to be tried again', async () => {
    const stubborn = await tell('998');
    const next = await tell('201');
    await arrives(next);
    expect(applied.indexOf(stubborn)).toBeLessThan(applied.indexOf(next));
    expect(tries.get(stubborn)).toBe(3);
  });

  it('F7: stay with who works on them, however long: nobody beside gets them too', async () => {
    const fact = await tell('997');
    await eventually('the work to begin', async () => tries.has(fact));
    const { consumers } = world.connection.jetstream;
    const beside = await consumers.get(streamOf('staff'), 'calls-desk-sessions');
    const given: number[] = [];
    const asked = await beside.fetch({ max_messages: 1, expires: LONGER_THAN_ACK_WAIT_MS - 500 });
    for await (const { seq } of asked) given.push(seq);
    expect(given).toEqual([]);
    await arrives(fact);
  }, 40_000);

  it('F43: go to the dead letters when they are poison, without what they say; the rest flows', async () => {
    const poison = await tell('999');
    const next = await tell('201');
    await arrives(next);
    expect(tries.get(poison)).toBe(5);
    const manager = await world.connection.manager();
    const letter = await manager.streams.getMessage(DEAD_LETTERS, {
      last_by_subj: `dlq.${sessionOpened.subject}`,
    });
    expect(letter?.json()).toMatchObject({ subject: sessionOpened.subject, tries: 5 });
    expect(letter?.string()).not.toContain('"999"');
    expect(
      await world.sql('calls', 'SELECT 1 FROM relay.inbox WHERE event_id = $1', [poison]),
    ).toEqual([]);
  }, 40_000);
});
