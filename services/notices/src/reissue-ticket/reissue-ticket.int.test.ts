import * as contract from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import type { RunningService } from '@madoguchi/service';
import { defineService, subscription } from '@madoguchi/service';
import type { TestWorld } from '@madoguchi/testing/test-world';
import { eventually, MUNICIPALITY, testWorld } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { giveTickets } from '../store/tickets.fixture.ts';
import { notices } from '../service.ts';

let time = Date.parse('2026-11-24T01:00:00Z');
let world: TestWorld;
let service: RunningService;

beforeAll(async () => {
  world = await testWorld({ clock: { now: () => new Date(time) } });
  service = await world.start(notices);
});
afterAll(() => world.stop());

type Row = { id: string; ticket_number: string; state: string; dose_number: number };
const rowsOf = (residentId: string) =>
  world.sql<Row>(
    'notices',
    'SELECT id, ticket_number, state, dose_number FROM ticket WHERE resident_id = $1 ORDER BY id',
    [residentId],
  );
/** A resident with one live ticket, and an operator who has verified them. */
async function verified(grant: Partial<contract.GrantClaims> = {}, doseNumber = 1) {
  const residentId = newId();
  await giveTickets(service.runtime, [residentId], doseNumber);
  const [row] = await rowsOf(residentId);
  const operator = await world.actor('operator');
  const token = await world.grant({
    operatorId: operator.id,
    residents: [residentId],
    purposes: ['reissue'],
    ...grant,
  });
  return {
    residentId,
    ticketId: row?.id ?? '',
    ticketNumber: row?.ticket_number ?? '',
    context: { actorToken: operator.token, grant: token },
  };
}
type Caller = Awaited<ReturnType<typeof verified>>;
const reissue = (caller: Caller, idempotencyKey: string, changes: object = {}) =>
  world.call(
    contract.reissueTicket,
    {
      residentId: caller.residentId,
      ticketId: caller.ticketId,
      reason: 'lost-or-damaged',
      ...changes,
    },
    { ...caller.context, idempotencyKey },
  );
const codeOf = (answer: { ok: boolean; refusal?: { code: string } }) =>
  answer.ok ? 'ok' : answer.refusal?.code;

describe('a reissue', () => {
  it('voids the old number and gives a new one for the same dose', async () => {
    const caller = await verified({}, 3);
    const answer = await reissue(caller, 'one');
    if (!answer.ok) throw new Error(answer.refusal.code);
    expect(answer.value.voidedTicketNumber).toBe(caller.ticketNumber);
    expect(answer.value.ocrLine).toBe(`23${MUNICIPALITY}${answer.value.ticketNumber}`);
    expect(await rowsOf(caller.residentId)).toMatchObject([
      { state: 'void', dose_number: 3 },
      { state: 'issued', dose_number: 3, ticket_number: answer.value.ticketNumber },
    ]);
    const listed = await world.call(
      contract.listTickets,
      { residentId: caller.residentId },
      caller.context,
    );
    expect(listed).toMatchObject({
      ok: true,
      value: {
        tickets: [{ state: 'issued', reissueReason: 'lost-or-damaged' }, { state: 'void' }],
      },
    });
  });

  it('answers the same command again with the same ticket, and once only (F2, B22)', async () => {
    const caller = await verified();
    const once = await reissue(caller, 'again');
    expect(await reissue(caller, 'again')).toEqual(once);
    expect(codeOf(await reissue(caller, 'again', { reason: 'not-delivered' }))).toBe(
      'idempotency_key_reused',
    );
    expect(await rowsOf(caller.residentId)).toHaveLength(2);
  });

  it('happens once when many come at once, whatever their keys', async () => {
    const caller = await verified();
    // Connections are opened first, so that the race is not one for them.
    await Promise.all(
      Array.from({ length: 20 }, () =>
        world.call(contract.listTickets, { residentId: caller.residentId }, caller.context),
      ),
    );
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => reissue(caller, `race-${i}`)),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(new Set(answers.map(codeOf))).toEqual(new Set(['ok', 'ticket_not_reissuable']));
    const states = (await rowsOf(caller.residentId)).map((row) => row.state);
    expect(states).toEqual(['void', 'issued']);
  });

  it('keeps the limit of a day when tickets of two doses are asked for at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const caller = await verified();
      await giveTickets(service.runtime, [caller.residentId], 2);
      const rows = await rowsOf(caller.residentId);
      const answers = await Promise.all(
        rows.map((row) => reissue(caller, `both-${row.id}`, { ticketId: row.id })),
      );
      expect(answers.map(codeOf).toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual([
        'ok',
        'reissue_limit_reached',
      ]);
    }
  });

  it('is refused the second time on one day, but not to the desk nor on the next day (B54)', async () => {
    const caller = await verified();
    const first = await reissue(caller, 'a');
    if (!first.ok) throw new Error(first.refusal.code);
    const again = { ticketId: first.value.ticketId };
    expect(codeOf(await reissue(caller, 'b', again))).toBe('reissue_limit_reached');
    const desk = await world.actor('senior-operator');
    const deskGrant = await world.grant({
      operatorId: desk.id,
      role: 'senior-operator',
      residents: [caller.residentId],
      purposes: ['reissue'],
      approvalId: newId(),
    });
    const atDesk = { ...caller, context: { actorToken: desk.token, grant: deskGrant } };
    const second = await reissue(atDesk, 'c', again);
    expect(codeOf(second)).toBe('ok');
    expect(await rowsOf(caller.residentId)).toHaveLength(3);
  });

  it('is open to the reissue purpose only, and to the residents of the grant', async () => {
    const caller = await verified({ purposes: ['reservation'] });
    expect(codeOf(await reissue(caller, 'p'))).toBe('purpose_not_allowed');
    const stranger = await verified();
    expect(codeOf(await reissue({ ...caller, residentId: stranger.residentId }, 'q'))).toBe(
      'grant_required',
    );
    const mine = await verified();
    expect(codeOf(await reissue(mine, 'r', { ticketId: stranger.ticketId }))).toBe(
      'ticket_not_found',
    );
    expect(
      codeOf(
        await world.call(
          contract.reissueTicket,
          {
            residentId: mine.residentId,
            ticketId: mine.ticketId,
            reason: 'not-delivered',
          },
          mine.context,
        ),
      ),
    ).toBe('idempotency_key_missing');
  });

  it('of someone who became protected since is answered like an unknown ticket', async () => {
    const caller = await verified();
    const registry = await world.start(
      defineService({ name: 'registry', config: {}, prisma: notices.prisma!, wire: () => [] }),
    );
    const { municipalityCode, ...who } = {
      municipalityCode: MUNICIPALITY,
      actorId: 'test',
      role: 'service' as const,
      correlationId: newId(),
    };
    await registry.runtime.database.transaction({ municipalityCode, ...who }, async (tx) =>
      tx.record({
        type: contract.residentsChanged,
        aggregateId: newId(),
        aggregateVersion: 1,
        payload: {
          residents: [
            {
              residentId: caller.residentId,
              version: 2,
              dateOfBirth: '1950-04-01',
              residency: [],
              refer: true,
            },
          ],
        },
      }),
    );
    await eventually('the copy', async () => {
      const rows = await world.sql('notices', 'SELECT 1 FROM resident_copy WHERE refer');
      return rows.length > 0;
    });
    const refused = await reissue(caller, 'x');
    expect(refused).toEqual(await reissue(caller, 'y', { ticketId: newId() }));
    expect(codeOf(refused)).toBe('ticket_not_found');
  });

  it('tells its neighbours with sealed payloads, and audits who did it', async () => {
    const seen: contract.TicketCopy[] = [];
    const caller = await verified();
    await world.start(
      defineService({
        name: 'health-records',
        config: {},
        prisma: notices.prisma!,
        wire: () => [
          subscription(
            'ticket-ledger',
            [contract.ticketsIssued, contract.ticketVoided],
            async (event) => {
              seen.push(
                ...('tickets' in event.payload ? event.payload.tickets : [event.payload.ticket]),
              );
            },
          ),
        ],
      }),
    );
    const raw: string[] = [];
    world.connection.nats.subscribe('ev.notices.tickets.>', {
      callback: (error, message) => void (error ?? raw.push(message.string())),
    });
    const answer = await reissue(caller, 'told');
    if (!answer.ok) throw new Error(answer.refusal.code);
    await eventually('both facts', async () => {
      const mine = seen.filter((ticket) => ticket.residentId === caller.residentId);
      return mine.some((one) => one.state === 'void') && mine.length === 3;
    });
    expect(raw.length).toBeGreaterThan(0);
    for (const text of raw) expect(text).not.toContain(answer.value.ticketNumber);
    const rows = await world.sql<{ entry: Record<string, unknown> }>(
      'notices',
      `SELECT entry FROM relay.audit_entry WHERE entry->'residents' ? $1 ORDER BY position DESC LIMIT 1`,
      [caller.residentId],
    );
    expect(rows[0]?.entry).toMatchObject({
      action: 'change',
      operation: 'notices.reissue-ticket',
      purpose: 'reissue',
      outcome: 'done',
    });
    expect(JSON.stringify(rows)).not.toContain(answer.value.ticketNumber);
  });
});

describe('first tickets', () => {
  it('are issued once however often the run is repeated, with numbers never given twice', async () => {
    const residents = Array.from({ length: 1_100 }, newId);
    const seed = () => giveTickets(service.runtime, residents);
    const runs = await Promise.all([seed(), seed()]);
    expect(runs.reduce((sum, run) => sum + run.issued, 0)).toBe(1_100);
    expect(await seed()).toEqual({ issued: 0, leftOut: 1_100 });
    const [row] = await world.sql<{ tickets: number; numbers: number }>(
      'notices',
      'SELECT count(*)::int AS tickets, count(DISTINCT ticket_number)::int AS numbers FROM ticket',
    );
    expect(row?.numbers).toBe(row?.tickets);
    const next = () =>
      world.sql<{ next: string }>('notices', 'SELECT next::text FROM ticket_number_counter');
    const before = await next();
    await seed();
    expect(await next()).toEqual(before);
  });

  it('are all in the snapshot, page by page', async () => {
    const asking = { actorToken: await service.runtime.ownActorToken() };
    const ids: string[] = [];
    let after: string | undefined;
    do {
      const page = await world.call(
        contract.snapshotTickets,
        { limit: 400, ...(after === undefined ? {} : { after }) },
        asking,
      );
      if (!page.ok) throw new Error(page.refusal.code);
      ids.push(...page.value.tickets.map((ticket) => ticket.ticketId));
      after = page.value.next;
    } while (after !== undefined);
    const rows = await world.sql<{ id: string }>('notices', 'SELECT id FROM ticket ORDER BY id');
    expect(ids).toEqual(rows.map((row) => row.id));
  });
});
