import * as contract from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Desk, RegistryWorld } from '../store/registry-world.fixture.ts';
import { registryWorld } from '../store/registry-world.fixture.ts';

let time = Date.parse('2026-11-24T01:00:00Z');
let world: RegistryWorld;
beforeAll(async () => {
  world = await registryWorld({ now: () => new Date(time) });
});
afterAll(() => world.stop());

/** Each test on its own day, so that the day's limits do not run into each other. */
const nextDay = (): void => void (time += 86_400_000);
const sachiko = { name: '佐藤幸子', dateOfBirth: 'S55.2.29', address: '平井1-2-3' };
const reveal = (desk: Desk, grant: string, residentId: string) =>
  world.call(contract.revealResident, { residentId, purpose: 'reservation' }, { ...desk, grant });

describe('the supervisor desk', () => {
  const approve = async (desk: Desk, changes: Record<string, unknown> = {}): Promise<string> => {
    const approvalId = newId();
    await world.sql(
      'registry',
      `INSERT INTO approval_copy (approval_id, kind, case_id, requested_by, decision, expires_at)
       VALUES ($1, 'desk-verification', $2, $3, $4, $5)`,
      [
        approvalId,
        changes['caseId'] ?? desk.caseId,
        changes['requestedBy'] ?? desk.operatorId,
        changes['decision'] ?? 'approved',
        new Date(time + 600_000),
      ],
    );
    return approvalId;
  };
  const ask = (desk: Desk, approvalId: string, reason = '本人から電話、担当席で確認') =>
    world.call(
      contract.verifyAtDesk,
      { purpose: 'reservation', items: sachiko, reason, approvalId },
      desk,
    );
  const stepped = () => ({ atDesk: true, stepUpAt: Math.floor(time / 1000) });

  it('opens a protected person with step-up, reason and a second person', async () => {
    nextDay();
    const desk = await world.desk('senior-operator', stepped());
    const answer = await ask(desk, await approve(desk));
    const id = await world.idOf('0000000002');
    expect(answer).toMatchObject({ ok: true, value: { outcome: 'confirmed', residentId: id } });
    const grant = answer.ok ? (answer.value.grant ?? '') : '';
    expect(await reveal(desk, grant, id)).toMatchObject({
      ok: true,
      value: { resident: { name: '佐藤　幸子' } },
    });
    expect((await world.call(contract.renewGrant, {}, { ...desk, grant })).ok).toBe(true);
    time += 700_000;
    expect((await world.call(contract.renewGrant, {}, { ...desk, grant })).ok).toBe(false);
  });

  it('asks for each of the four', async () => {
    nextDay();
    const desk = await world.desk('senior-operator', stepped());
    const approvalId = await approve(desk);
    const code = async (answer: ReturnType<typeof ask>) => {
      const result = await answer;
      return result.ok ? result.value.outcome : result.refusal.code;
    };
    expect(await code(ask(desk, newId()))).toBe('approval_required');
    expect(await code(ask(desk, approvalId, '短い'))).toBe('reason_too_short');
    expect(await code(ask(desk, await approve(desk, { decision: 'rejected' })))).toBe(
      'approval_required',
    );
    expect(await code(ask(desk, await approve(desk, { requestedBy: 'other' })))).toBe(
      'approval_required',
    );
    expect(await code(ask(desk, await approve(desk, { caseId: newId() })))).toBe(
      'approval_required',
    );
    const stale = await world.desk('senior-operator', { atDesk: true });
    expect(await code(ask(stale, await approve(stale)))).toBe('step_up_required');
    const elsewhere = await world.desk('senior-operator', { ...stepped(), atDesk: false });
    expect(await code(ask(elsewhere, await approve(elsewhere)))).toBe('case_required');
    const operator = await world.desk('operator', stepped());
    expect(await code(ask(operator, await approve(operator)))).toBe('not_allowed');
    expect(await code(ask(desk, approvalId))).toBe('confirmed');
  });
});

describe('a caller at the keypad', () => {
  const ticketNumber = '0000054321';
  const verify = async (desk: Desk, items: Record<string, string>) => {
    const answer = await world.call(contract.verifyPerson, { purpose: 'keypad', items }, desk);
    if (!answer.ok) throw new Error(answer.refusal.code);
    return answer.value;
  };
  it('is confirmed by ticket and birth date on a call from a number on record', async () => {
    nextDay();
    await world.sql(
      'registry',
      `INSERT INTO ticket_copy (ticket_id, resident_id, ticket_number, state, version)
       VALUES ($1, $2, $3, 'issued', 1), ($4, $5, '0000099999', 'issued', 1)`,
      [
        newId(),
        await world.idOf('0000000001'),
        ticketNumber,
        newId(),
        await world.idOf('0000000002'),
      ],
    );
    const call = (number: string) =>
      world.desk('phone-agent', { number, kind: 'self-service' as const });
    const keyed = { ticketNumber, dateOfBirth: '19640305' };
    expect(await verify(await call('09012345678'), keyed)).toMatchObject({
      outcome: 'confirmed',
    });
    const wrong = await verify(await call('0312345678'), keyed);
    expect(wrong).toMatchObject({ outcome: 'not-confirmed', items: { ticketNumber: 'no-match' } });
    const protectedPerson = { ticketNumber: '0000099999', dateOfBirth: '19800229' };
    expect(await verify(await call('08011112222'), protectedPerson)).toEqual(wrong);
  });
});
