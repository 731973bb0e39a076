import { reservationBooked } from '@madoguchi/contracts';
import type { Who } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import { newId } from '@madoguchi/kernel';
import type { RunningService } from '@madoguchi/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentService } from './silent-service.fixture.ts';
import type { TestWorld } from './test-world.ts';
import { MUNICIPALITY, testWorld } from './test-world.ts';

const who: Who = {
  municipalityCode: MUNICIPALITY,
  actorId: 'somebody',
  role: 'operator',
  correlationId: newId(),
};
let world: TestWorld;
let service: RunningService;
beforeAll(async () => {
  world = await testWorld();
  service = await world.start(silentService);
});
afterAll(() => world.stop());

const event = (dose: number) => ({
  type: reservationBooked,
  aggregateId: newId(),
  aggregateVersion: 1,
  payload: {
    reservationId: newId(),
    residentId: newId(),
    doseNumber: dose,
    venueCode: '1312300001',
    date: '2026-12-01',
  },
});
const entry = { action: 'case', operation: 'calls.open-case', outcome: 'done' } as const;
const insert = (tx: Transaction, key: string) =>
  tx.query(
    `INSERT INTO relay.idempotency VALUES ('me', 'calls.open-case', $1, 'digest', '{}', now())`,
    [key],
  );
const transaction = (work: (tx: Transaction) => Promise<unknown>) =>
  service.runtime.database.transaction(who, work);
const rows = async (): Promise<unknown> => {
  const [counted] = await world.sql(
    'calls',
    `SELECT (SELECT count(*)::int FROM relay.outbox) AS events,
      (SELECT count(*)::int FROM relay.audit_entry) AS entries,
      (SELECT coalesce(sum(last), 0)::int FROM relay.audit_lane) AS numbers,
      (SELECT count(*)::int FROM relay.idempotency) AS rows`,
  );
  return counted;
};
const NOTHING = { events: 0, entries: 0, numbers: 0, rows: 0 };

describe('what travels with its commit', () => {
  it('is nothing at all when the last write fails', async () => {
    const key = newId();
    const failed = transaction(async (tx) => {
      await insert(tx, key);
      tx.audit(entry);
      tx.alongside(insert(tx, key));
    });
    await expect(failed).rejects.toMatchObject({ code: '23505' });
    expect(await rows()).toEqual(NOTHING);
  });

  it('is nothing at all when a write did not do what it should, and says so', async () => {
    const failed = transaction(async (tx) => {
      await insert(tx, newId());
      tx.audit(entry);
      tx.alongside(tx.query(`SELECT relay.demand(false, 'a seat too few')`));
    });
    await expect(failed).rejects.toThrow('a seat too few');
    expect(await rows()).toEqual(NOTHING);
  });

  it('is nothing at all when an event is not what its type says', async () => {
    const failed = transaction(async (tx) => {
      await insert(tx, newId());
      tx.alongside(insert(tx, newId()));
      tx.record(event(-1));
    });
    await expect(failed).rejects.toThrow(/doseNumber/u);
    expect(await rows()).toEqual(NOTHING);
  });

  it('is nothing at all when a fault was swallowed before', async () => {
    const failed = transaction(async (tx) => {
      await insert(tx, newId());
      await tx.query('SELECT 1 / 0').catch(() => undefined);
    });
    await expect(failed).rejects.toThrow('a commit was made a rollback');
    expect(await rows()).toEqual(NOTHING);
  });

  it('is all there when the transaction answers, and the connection is in order', async () => {
    await Promise.all(
      Array.from({ length: 40 }, () =>
        transaction(async (tx) => {
          tx.alongside(insert(tx, newId()));
          tx.audit(entry);
          return Promise.resolve();
        }),
      ),
    );
    expect(await rows()).toEqual({ events: 0, entries: 40, numbers: 40, rows: 40 });
  });
});
