import * as contract from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import { eventually } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Desk, RegistryWorld } from '../store/registry-world.fixture.ts';
import { registryWorld } from '../store/registry-world.fixture.ts';

const now = new Date('2026-11-24T01:00:00Z');
let world: RegistryWorld;
beforeAll(async () => {
  world = await registryWorld({ now: () => now });
});
afterAll(() => world.stop());

const grantFor = (desk: Desk, residentId: string, purpose: contract.Purpose) =>
  world.grant({
    caseId: desk.caseId,
    operatorId: desk.operatorId,
    residents: [residentId],
    purposes: [purpose],
  });
const codeOf = (answer: { ok: boolean; refusal?: { code: string } }): string =>
  answer.ok ? 'ok' : (answer.refusal?.code ?? '');

async function publish(event: contract.AnyEventType, payload: unknown): Promise<void> {
  const body = {
    eventId: newId(),
    aggregateId: newId(),
    aggregateVersion: 1,
    at: now.toISOString(),
    payload: event.encrypted
      ? { sealed: world.service.runtime.eventKey.seal(payload, event.subject) }
      : { open: payload },
  };
  await world.connection.jetstream.publish(event.subject, JSON.stringify(body));
}

describe('someone who becomes protected after a grant was given', () => {
  it('is shown, renewed and printed no more', async () => {
    const desk = await world.desk();
    const id = await world.idOf('0000000001');
    const context = { ...desk, grant: await grantFor(desk, id, 'reissue') };
    const shown = () =>
      world.call(contract.revealResident, { residentId: id, purpose: 'reissue' }, context);
    const renewed = () => world.call(contract.renewGrant, {}, context);
    const printed = () => world.call(contract.recipientForPrint, { residentId: id }, context);
    expect([codeOf(await shown()), codeOf(await renewed())]).toEqual(['ok', 'ok']);
    expect(await printed()).toMatchObject({
      value: { name: '渡邉　花子', address: '東京都江戸川区西葛西６丁目２３番１号' },
    });
    await world.sql('registry', 'UPDATE resident SET protected = true WHERE id = $1', [id]);
    expect([codeOf(await shown()), codeOf(await renewed()), codeOf(await printed())]).toEqual([
      'not_found',
      'verification_closed',
      'destination_not_allowed',
    ]);
    await world.sql('registry', 'UPDATE resident SET protected = false WHERE id = $1', [id]);
    const entries = (await world.audit()).filter((entry) => entry['caseId'] === desk.caseId);
    expect(
      entries.map((entry) => `${String(entry['operation'])} ${String(entry['outcome'])}`),
    ).toEqual([
      'registry.reveal-resident done',
      'registry.recipient-for-print done',
      'registry.reveal-resident refused',
      'registry.renew-grant refused',
      'registry.recipient-for-print refused',
    ]);
  });

  it('prints nothing to those who moved away, and nothing without a purpose for it', async () => {
    const desk = await world.desk();
    const id = await world.idOf('0000000004');
    const context = { ...desk, grant: await grantFor(desk, id, 'reissue') };
    expect(codeOf(await world.call(contract.recipientForPrint, { residentId: id }, context))).toBe(
      'destination_not_allowed',
    );
    const outreach = { ...desk, grant: await grantFor(desk, id, 'outreach') };
    expect(codeOf(await world.call(contract.recipientForPrint, { residentId: id }, outreach))).toBe(
      'purpose_not_allowed',
    );
  });
});

describe('copies of what other services decide', () => {
  it('F45: lets a ticket number verify from its issue until it is void, however late the issue is told', async () => {
    const id = await world.idOf('0000000001');
    const ticket = {
      ticketId: newId(),
      residentId: id,
      version: 1,
      ticketNumber: '0000777777',
      doseNumber: 1,
      state: 'issued' as const,
      reason: null,
      at: now.toISOString(),
    };
    const items = { name: '渡辺花子', dateOfBirth: 'S39.3.5', ticketNumber: ticket.ticketNumber };
    const outcome = async (): Promise<string> => {
      const answer = await world.call(
        contract.verifyPerson,
        { purpose: 'reservation', items },
        await world.desk(),
      );
      return answer.ok ? answer.value.outcome : answer.refusal.code;
    };
    await publish(contract.ticketsIssued, { tickets: [ticket] });
    await eventually(
      'the ticket',
      async () => (await world.sql('registry', 'SELECT 1 FROM ticket_copy')).length === 1,
    );
    expect(await outcome()).toBe('confirmed');
    await publish(contract.ticketVoided, {
      ticket: { ...ticket, version: 2, state: 'void', reason: 'lost-or-damaged' },
    });
    await publish(contract.ticketsIssued, { tickets: [ticket] });
    await eventually(
      'the void ticket',
      async () =>
        (await world.sql('registry', `SELECT 1 FROM relay.inbox WHERE consumer = 'tickets'`))
          .length === 3,
    );
    expect(await outcome()).toBe('not-confirmed');
  });

  it('takes a second person’s decision from staff', async () => {
    const desk = await world.desk('senior-operator', {
      atDesk: true,
      stepUpAt: Math.floor(now.getTime() / 1000),
    });
    const approvalId = newId();
    await publish(contract.approvalDecided, {
      approvalId,
      kind: 'desk-verification',
      caseId: desk.caseId,
      requestedBy: desk.operatorId,
      decidedBy: 'somebody-else',
      decision: 'approved',
      expiresAt: new Date(now.getTime() + 600_000).toISOString(),
    });
    const items = { name: 'さとう さちこ', dateOfBirth: 'S55.2.29', address: '平井1-2-3' };
    const request = {
      purpose: 'reservation' as const,
      items,
      reason: '担当席で本人を確認しました',
      approvalId,
    };
    await eventually('the desk to open', async () => {
      const answer = await world.call(contract.verifyAtDesk, request, desk);
      return answer.ok && answer.value.outcome === 'confirmed';
    });
  });
});
