import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crashCommands } from './crash-commands.fixture.ts';
import { newModel } from './crash-model.fixture.ts';
import type { CrashWorld } from './crash-world.fixture.ts';
import { crashWorld } from './crash-world.fixture.ts';

// Our own code on a real database, crashing between any two of its statements, against a model in memory.
// `HISTORIES=10000` plays as many as the proof asks for (docs/assurance/crashes.md).
const HISTORIES = Number(process.env['HISTORIES'] ?? 200);
const worlds: CrashWorld[] = [];

beforeAll(async () => {
  for (let lane = 0; lane < 2; lane += 1) worlds.push(await crashWorld());
});
afterAll(async () => {
  for (const world of worlds) await world.stop();
});

describe('random histories with crashes between any two steps (F1, F2)', () => {
  it(
    'do every command once or not at all, and answer it alike however often it is asked',
    async () => {
      await Promise.all(
        worlds.map((real) =>
          fc.assert(
            fc.asyncProperty(crashCommands, async (commands) => {
              await real.reset();
              await fc.asyncModelRun(() => ({ model: newModel(), real }), commands);
            }),
            { numRuns: Math.ceil(HISTORIES / worlds.length) },
          ),
        ),
      );
    },
    60_000 + HISTORIES * 200,
  );

  it('leave every lane of the audit log without a gap, and one fact for each change', async () => {
    for (const { sql } of worlds) {
      const gaps = await sql(
        `SELECT l.lane FROM relay.audit_lane l LEFT JOIN relay.audit_entry e USING (lane)
         GROUP BY l.lane, l.last HAVING count(e.seq) <> l.last`,
      );
      const twice = await sql(
        `SELECT aggregate_id FROM relay.outbox GROUP BY aggregate_id, aggregate_version HAVING count(*) > 1`,
      );
      const missing = await sql(
        `SELECT r.id FROM reservation r WHERE r.version <>
           (SELECT count(*) FROM relay.outbox o WHERE o.aggregate_id = r.id::text)`,
      );
      expect({ gaps, twice, missing }).toEqual({ gaps: [], twice: [], missing: [] });
    }
  });
});
