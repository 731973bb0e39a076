import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReservationsWorld } from '../store/reservations-world.fixture.ts';
import { PHONE_AND_WEB, reservationsWorld } from '../store/reservations-world.fixture.ts';

let world: ReservationsWorld;
let manager: { actorToken: string };
beforeAll(async () => {
  world = await reservationsWorld();
  await world.sql(PHONE_AND_WEB);
  manager = { actorToken: (await world.actor('operations-manager')).token };
});
afterAll(() => world.stop());

const day = addDays(tokyoDate(new Date()), 3);
const ROUNDS = 25;

/** A session with a hundred people booked in it, written as they would be. */
async function fullSession(): Promise<{ sessionId: string }> {
  const [session] = await world.sql<{ id: string }>(
    `SELECT id FROM session WHERE day = $1 AND state = 'open' ORDER BY id LIMIT 1`,
    [day],
  );
  const sessionId = session?.id ?? '';
  const slots = await world.sql<{ id: string }>(
    'SELECT id FROM slot WHERE session_id = $1 ORDER BY id LIMIT 25',
    [sessionId],
  );
  for (const [place, { id }] of slots.entries()) {
    await world.sql(
      `INSERT INTO reservation (id, municipality_code, resident_id, programme_code, dose_number, slot_id, state,
         channel, confirmation_number, booked_by, booked_at)
       SELECT gen_random_uuid(), '131237', gen_random_uuid(), 'autumn', 1, $1, 'booked', 'phone', 'n' || $2 || '-' || n,
         'test', now() FROM generate_series(1, 4) AS n`,
      [id, String(place)],
    );
    await world.sql(
      'UPDATE slot SET booked = 4, phone_taken = 4, phone_quota = 4, web_quota = 2 WHERE id = $1',
      [id],
    );
  }
  return { sessionId };
}

const state = async (sessionId: string) => {
  const [row] = await world.sql<{ state: string; closed: number; open: number; items: number }>(
    `SELECT e.state, (SELECT count(*)::int FROM slot WHERE session_id = e.id AND closed) AS closed,
       (SELECT count(*)::int FROM slot WHERE session_id = e.id AND NOT closed) AS open,
       (SELECT count(*)::int FROM work_item w JOIN slot s ON s.id = w.slot_id
        WHERE s.session_id = e.id AND w.state = 'open') AS items
     FROM session e WHERE e.id = $1`,
    [sessionId],
  );
  return row;
};

describe('closing a session', () => {
  it('whose connection is cut at any moment is done or not, and done when asked again (F16)', async () => {
    const { sessionId } = await fullSession();
    const before = await state(sessionId);
    expect(before).toMatchObject({ state: 'open', closed: 0, items: 0 });
    const slots = before?.open ?? 0;
    let cut = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const command = { ...manager, idempotencyKey: newId() };
      const asked = { sessionId, reason: 'venue-flooded' };
      const approvalId = await world.agreed({ kind: 'close-session', ...asked }, manager);
      const request = { ...asked, approvalId };
      const closing = world.call(contract.closeSession, request, command);
      await new Promise((resolve) => setTimeout(resolve, round % 12));
      await world.sql(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid()`,
      );
      const answer = await closing;
      if (!answer.ok) cut += 1;
      const now = await state(sessionId);
      const done = { state: 'closed', closed: slots, open: 0, items: 100 };
      const not = { state: 'open', closed: 0, open: slots, items: 0 };
      expect(now?.state === 'closed' ? done : not).toEqual(now);
      if (answer.ok) expect(now).toEqual(done);
      const again = await world.call(contract.closeSession, request, command);
      expect(again).toMatchObject({ ok: true, value: { sessions: 1, toBeCalled: 100 } });
      expect(await state(sessionId)).toEqual(done);
      const reopened = await world.call(
        contract.reopenSession,
        { sessionId },
        { ...manager, idempotencyKey: newId() },
      );
      expect(reopened).toMatchObject({ ok: true, value: { leftTheWorklist: 100 } });
      expect(await state(sessionId)).toEqual(not);
    }
    expect(cut).toBeGreaterThan(0);
  }, 120_000);
});

describe('the checker of runs', () => {
  it('finds all of it whole', async () => {
    expect(await world.checkReservations()).toMatchObject({ exitCode: 0, findings: [] });
  });
});
