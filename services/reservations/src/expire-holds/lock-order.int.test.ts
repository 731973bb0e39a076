import { newId, tokyoDate, addDays } from '@madoguchi/kernel';
import { itself } from '@madoguchi/service';
import { eventually } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ReservationsWorld } from '../store/reservations-world.fixture.ts';
import { reservationsWorld } from '../store/reservations-world.fixture.ts';
import { endHolds } from './expire-holds.ts';

let world: ReservationsWorld;
beforeAll(async () => {
  world = await reservationsWorld();
});
afterAll(() => world.stop());

// As a batch of bookings locks them; the other way round the two would wait for each other.
it('the end of a case locks its holds in the order of their ids', async () => {
  const day = addDays(tokyoDate(world.runtime.clock.now()), 4);
  const slots = (await world.freeSlots(day, 2)).toReversed();
  const ids = [newId(), newId()].toSorted();
  const caseId = newId();
  for (const [index, id] of ids.entries()) {
    await world.sql(
      `INSERT INTO hold (id, slot_id, case_id, resident_id, dose_number, channel, expires_at, held_at)
       VALUES ($1, $2, $3, $4, 1, 'phone', now() + interval '5 minutes', now())`,
      [id, slots[index], caseId, newId()],
    );
    await world.sql(
      'UPDATE slot SET held = held + 1, phone_taken = phone_taken + 1 WHERE id = $1',
      [slots[index]],
    );
  }
  let ending: Promise<void> = Promise.resolve();
  await world.runtime.database.transaction(itself(world.runtime), async (batch) => {
    await batch.query('SELECT 1 FROM hold WHERE id = $1 FOR UPDATE', [ids[0]]);
    ending = endHolds(world.runtime, { caseId });
    await eventually('the end of the case to wait', async () => {
      // Asked outside of the transaction: inside of it the first look at the sessions stands for all.
      const waiting = await world.sql(
        `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
      );
      return waiting.length > 0;
    });
    await batch.query('SELECT 1 FROM hold WHERE id = $1 FOR UPDATE NOWAIT', [ids[1]]);
  });
  await ending;
  expect(await world.sql('SELECT 1 FROM hold WHERE case_id = $1', [caseId])).toEqual([]);
  expect(await world.checkReservations()).toMatchObject({ exitCode: 0, findings: [] });
});
