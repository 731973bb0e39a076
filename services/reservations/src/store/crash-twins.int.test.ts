import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REQUESTS } from './house-requests.fixture.ts';
import { house } from './house.fixture.ts';
import type { Twins } from './twin-commands.fixture.ts';
import { nothingYet, timesDone, twinCommands } from './twin-commands.fixture.ts';

// Everything that reservations can do, asked of two houses; one crashes between any two of its statements, the
// other never. `HISTORIES=10000` plays as many as the proof asks for (docs/assurance/crashes.md).
const HISTORIES = Number(process.env['HISTORIES'] ?? 80);
const LANES = 2;
const MANY = 1_000;
const SURE = ['book', 'pair', 'group', 'join', 'cancel', 'cut', 'close'] as const;
const lanes: Twins[] = [];

beforeAll(async () => {
  for (let lane = 0; lane < LANES; lane += 1)
    lanes.push({ crashing: await house(), sound: await house() });
}, 60_000);
afterAll(async () => {
  for (const { crashing, sound } of lanes) {
    await crashing.stop();
    await sound.stop();
  }
});

describe('a house that crashes between any two steps (F1, F2)', () => {
  it(
    'answers, holds, tells and logs in the end what one does that never crashes',
    async () => {
      await Promise.all(
        lanes.map((twins) =>
          fc.assert(
            fc.asyncProperty(twinCommands, async (commands) => {
              await Promise.all([twins.crashing.reset(), twins.sound.reset()]);
              const model = nothingYet(await twins.crashing.seen());
              await fc.asyncModelRun(() => ({ model, real: twins }), commands);
            }),
            { numRuns: Math.ceil(HISTORIES / lanes.length) },
          ),
        ),
      );
    },
    60_000 + HISTORIES * 1_000,
  );

  it('does everything that can be asked of it', () => {
    const often = [...timesDone].filter(([, times]) => times > 0).map(([verb]) => verb);
    // A short run may miss what needs much to come together.
    const wanted = HISTORIES < MANY ? SURE : Object.keys(REQUESTS);
    expect(often).toEqual(expect.arrayContaining([...wanted]));
    if (HISTORIES >= MANY)
      process.stdout.write(`${JSON.stringify(Object.fromEntries(timesDone))}\n`);
  });
});
