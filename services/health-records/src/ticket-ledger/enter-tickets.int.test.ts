import * as contract from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import type { RunningService } from '@madoguchi/service';
import { defineService } from '@madoguchi/service';
import type { TestWorld } from '@madoguchi/testing/test-world';
import { eventually, MUNICIPALITY, testWorld } from '@madoguchi/testing/test-world';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PrismaClient } from '../generated/client.ts';
import { healthRecords } from '../service.ts';

let world: TestWorld;
let ledger: RunningService;
let notices: RunningService;

/** Publishes as notices does, through a real outbox; what it decides is tested there. */
const publisher = defineService({
  name: 'notices',
  config: {},
  prisma: {
    directory: new URL('../../prisma/', import.meta.url),
    client: (adapter) => new PrismaClient({ adapter }),
  },
  wire: () => [],
});

beforeAll(async () => {
  world = await testWorld();
  ledger = await world.start(healthRecords);
  notices = await world.start(publisher);
});
afterAll(() => world.stop());

const who = {
  municipalityCode: MUNICIPALITY,
  actorId: 'test',
  role: 'service' as const,
  correlationId: newId(),
};
const copy = (residentId: string, changes: Partial<contract.TicketCopy> = {}) => ({
  ticketId: newId(),
  residentId,
  version: 1,
  ticketNumber: '0000000007',
  doseNumber: 1,
  state: 'issued' as const,
  reason: null,
  at: '2026-11-24T01:00:00.000Z',
  ...changes,
});
const tell = (tickets: contract.TicketCopy[]) =>
  notices.runtime.database.transaction(who, async (tx) =>
    tx.record({
      type: contract.ticketsIssued,
      aggregateId: newId(),
      aggregateVersion: 1,
      payload: { tickets },
    }),
  );
const tellVoided = (ticket: contract.TicketCopy) =>
  notices.runtime.database.transaction(who, async (tx) =>
    tx.record({
      type: contract.ticketVoided,
      aggregateId: ticket.ticketId,
      aggregateVersion: ticket.version,
      payload: { ticket },
    }),
  );
const entriesOf = (residentId: string) =>
  world.sql<{ entry: string; reason: string | null }>(
    'health-records',
    'SELECT entry, reason FROM ticket_ledger_entry WHERE resident_id = $1 ORDER BY entered_at, id',
    [residentId],
  );
const waitFor = (residentId: string, count: number) =>
  eventually(`${count} entries`, async () => {
    const rows = await entriesOf(residentId);
    return rows.length >= count && rows;
  });

describe('the official ledger of tickets', () => {
  it('shows a reissue as the old number voided and the new one issued', async () => {
    const residentId = newId();
    const old = copy(residentId);
    await tell([old]);
    await tellVoided({ ...old, version: 2, state: 'void', reason: 'lost-or-damaged' });
    await tell([copy(residentId, { ticketNumber: '0000000008', reason: 'lost-or-damaged' })]);
    expect(await waitFor(residentId, 3)).toEqual([
      { entry: 'issued', reason: null },
      { entry: 'voided', reason: 'lost-or-damaged' },
      { entry: 'issued', reason: 'lost-or-damaged' },
    ]);
    const operator = await world.actor('operator');
    const context = {
      actorToken: operator.token,
      grant: await world.grant({
        operatorId: operator.id,
        residents: [residentId],
        purposes: ['reissue'],
      }),
    };
    const listed = await world.call(contract.listTicketLedger, { residentId }, context);
    expect(listed).toMatchObject({
      ok: true,
      value: { entries: [{ ticketNumber: '0000000008' }, { entry: 'voided' }, {}] },
    });
    const audit = await world.sql<{ entry: object }>(
      'health-records',
      `SELECT entry FROM relay.audit_entry WHERE entry->>'action' = 'disclosure'
         AND entry->'residents' ? $1`,
      [residentId],
    );
    expect(audit).toMatchObject([{ entry: { fieldClasses: ['ticket'], purpose: 'reissue' } }]);
  });

  it('enters a fact once, however often and however late it comes (F4–F6)', async () => {
    const residentId = newId();
    await tell([copy(residentId)]);
    await waitFor(residentId, 1);
    const manager = await world.connection.manager();
    const stream = 'EV_NOTICES';
    const last = await manager.streams.getMessage(stream, {
      last_by_subj: contract.ticketsIssued.subject,
    });
    if (!last) throw new Error('no message');
    // Without its message id the stream takes it again, as it would after its window; the inbox does not.
    const { seq } = await world.connection.jetstream.publish(last.subject, last.data);
    // And the relay that was killed before it could mark the row publishes once more.
    await world.sql('notices', 'UPDATE relay.outbox SET published_at = NULL');
    const marker = newId();
    await tell([copy(marker)]);
    await waitFor(marker, 1);
    expect(seq).toBeGreaterThan(last.seq);
    expect(await entriesOf(residentId)).toHaveLength(1);
    // Even under a new event id the same fact is no new entry.
    const again = copy(residentId);
    await tell([again]);
    await tell([again]);
    const second = newId();
    await tell([copy(second)]);
    await waitFor(second, 1);
    expect(await entriesOf(residentId)).toHaveLength(2);
    // And none of them was stumbled over: a message that failed waits to come again.
    await eventually(
      'all facts acknowledged',
      async () => {
        const consumer = await manager.consumers.info(stream, 'health-records-ticket-ledger');
        return consumer.num_ack_pending === 0 && consumer.num_pending === 0;
      },
      2_000,
    );
  });

  it('goes on where it stopped after the service was away', async () => {
    await ledger.stop();
    const residentId = newId();
    await tell([copy(residentId)]);
    ledger = await world.start(healthRecords);
    expect(await waitFor(residentId, 1)).toHaveLength(1);
  });

  it('cannot be changed by the role the service runs as', async () => {
    const { DATABASE_URL } = await world.environmentOf('health-records');
    const client = new pg.Client({ connectionString: DATABASE_URL });
    await client.connect();
    for (const sql of [
      `UPDATE ticket_ledger_entry SET reason = 'x'`,
      'DELETE FROM ticket_ledger_entry',
      'TRUNCATE ticket_ledger_entry',
    ])
      await expect(client.query(sql)).rejects.toThrow(/permission denied/);
    await client.end();
  });
});
