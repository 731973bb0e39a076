import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ReservationsWorld } from '../store/reservations-world.fixture.ts';
import { reservationsWorld } from '../store/reservations-world.fixture.ts';

let world: ReservationsWorld;
beforeAll(async () => {
  world = await reservationsWorld();
});
afterAll(() => world.stop());

const today = tokyoDate(new Date());

// A booking that read the list as it was is judged anew some seconds after the change, and not after the
// request for it: who waits meanwhile behind the import of a long list would else be judged too early.
it('a change of a list is one of the instant at which it is made, however long it waited', async () => {
  const residentId = await world.resident();
  await world.sql(
    `INSERT INTO group_member (resident_id, group_code, valid_from, source, reason, entered_by, entered_at, revision)
     VALUES ($1, 'workers', $2, '名簿', '理由', 'somebody', now(), 1)`,
    [residentId, addDays(today, -9)],
  );
  const me = await world.servingAll([residentId], 'city-staff', 'application');
  const longImport = world.sql<{ over: Date }>(
    `SELECT clock_timestamp() AS over FROM (
       SELECT pg_advisory_xact_lock(hashtextextended('group-member', 47)), pg_sleep(2) OFFSET 0) AS held`,
  );
  // The import has the lock before the other asks for it.
  await expect
    .poll(async () =>
      world.sql(
        `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted
         AND (classid::bigint << 32) | objid::bigint = hashtextextended('group-member', 47)`,
      ),
    )
    .not.toEqual([]);
  const ended = await world.call(
    contract.endGroupMember,
    { residentId, groupCode: 'workers', lastDay: today, reason: '名簿から外れたとの届け' },
    { ...me, idempotencyKey: newId() },
  );
  expect(ended).toMatchObject({ ok: true });
  const [{ over } = { over: new Date() }] = await longImport;
  const [due] = await world.sql<{ changed: Date }>(
    'SELECT changed_at AS changed FROM recheck_resident WHERE resident_id = $1',
    [residentId],
  );
  expect(due?.changed.getTime()).toBeGreaterThanOrEqual(over.getTime() - 100);
});
