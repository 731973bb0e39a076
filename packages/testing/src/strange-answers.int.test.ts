import { numberOnRecord, snapshotResidents } from '@madoguchi/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestWorld } from './test-world.ts';
import { testWorld } from './test-world.ts';

let world: TestWorld;
/** What a registry that has gone wrong answers. */
let answer: string | undefined = '';
beforeAll(async () => {
  world = await testWorld();
  for (const { subject } of [numberOnRecord, snapshotResidents])
    world.connection.nats.subscribe(subject, {
      callback: (_error, message) => {
        if (answer !== undefined) message.respond(answer);
      },
    });
  await world.connection.nats.flush();
});
afterAll(() => world.stop());

/** F34: a registry that answers nonsense, too much, or nothing. */
describe('a service that has gone wrong', () => {
  it.each([
    ['no JSON', '<html>500</html>'],
    ['half of one', '{"ok":true,"value":{"onRec'],
    ['nothing', ''],
    ['a bare value', '42'],
    ['null', 'null'],
    ['no verdict', '{"value":{"onRecord":true}}'],
    ['a reply of another shape', '{"ok":true,"value":{"onRecord":"yes"}}'],
    ['more than was agreed on', '{"ok":true,"value":{"onRecord":true,"name":"花子"}}'],
    ['no reply', '{"ok":true}'],
    ['a refusal without a reason', '{"ok":false,"refusal":"no"}'],
    ['a very large page', `{"ok":true,"value":"${'x'.repeat(900_000)}"}`],
  ])('is out of reach for whoever asks it, when it answers %s', async (_what, given) => {
    answer = given;
    expect(await world.call(numberOnRecord, {}, {})).toEqual({
      ok: false,
      refusal: { code: 'dependency_unavailable' },
    });
  });

  it('is waited for no longer than the question may take', async () => {
    answer = undefined;
    const before = Date.now();
    expect(await world.call(snapshotResidents, {}, { deadline: before + 300 })).toMatchObject({
      refusal: { code: 'deadline_exceeded' },
    });
    expect(Date.now() - before).toBeLessThan(2_000);
  });

  it('is believed when it answers as agreed', async () => {
    answer = '{"ok":true,"value":{"onRecord":true}}';
    expect(await world.call(numberOnRecord, {}, {})).toEqual({
      ok: true,
      value: { onRecord: true },
    });
    answer = '{"ok":false,"refusal":{"code":"overloaded","details":{"retryAfterMs":5}}}';
    expect(await world.call(numberOnRecord, {}, {})).toEqual({
      ok: false,
      refusal: { code: 'overloaded', details: { retryAfterMs: 5 } },
    });
  });
});
