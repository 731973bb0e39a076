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
    expect(await code(ask(desk, newId()))).toBe('approval_not_here_yet');
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

describe('a resident on the web', () => {
  const web = async (
    items: Record<string, string>,
    more: { number?: string; code?: string } = {},
  ) => {
    const actor = await world.actor('resident');
    const permit = await world.permit(actor.id, {
      kind: 'self-service',
      ...(more.code === undefined ? {} : { provenContactDigest: more.code }),
    });
    return world.call(
      contract.verifyPerson,
      {
        purpose: 'web',
        items,
        ...(more.number === undefined ? {} : { addresseeNumber: more.number }),
      },
      { actorToken: actor.token, permit: permit.token },
    );
  };
  const outcome = async (...asked: Parameters<typeof web>) => {
    const answer = await web(...asked);
    return answer.ok ? answer.value.outcome : answer.refusal.code;
  };
  const typed = { ticketNumber: '0000054321', dateOfBirth: '19640305' };
  const ofSachiko = { ticketNumber: '0000099999', dateOfBirth: '19800229' };

  it('is confirmed by ticket, birth date and a proof, and sees own doses and bookings only', async () => {
    nextDay();
    const answer = await web(typed, { number: '0000000001' });
    expect(answer).toMatchObject({ ok: true, value: { outcome: 'confirmed' } });
    const claims = JSON.parse(
      Buffer.from(
        (answer.ok ? answer.value.grant : '')?.split('.')[1] ?? '',
        'base64url',
      ).toString(),
    ) as { classes: Record<string, string> };
    const shown = Object.entries(claims.classes).filter(([, how]) => how !== 'none');
    expect(shown.map(([of]) => of).toSorted()).toEqual(['booking', 'dose']);
    const [row] = await world.sql<{ digest: string }>(
      'registry',
      `SELECT telephone_digests[1] AS digest FROM resident WHERE addressee_number = '0000000001'`,
    );
    nextDay();
    expect(await outcome(typed, { code: row?.digest ?? '' })).toBe('confirmed');
    expect(await outcome(typed)).toBe('not-confirmed');
    expect(await outcome(typed, { code: 'of another' })).toBe('not-confirmed');
  });

  it('is not confirmed who is protected, with every proof there is', async () => {
    nextDay();
    const [row] = await world.sql<{ digest: string }>(
      'registry',
      `SELECT telephone_digests[1] AS digest FROM resident WHERE addressee_number = '0000000002'`,
    );
    const proofs = { number: '0000000002', code: row?.digest ?? '' };
    const hidden = await web(ofSachiko, proofs);
    expect(hidden).toMatchObject({ ok: true, value: { outcome: 'not-confirmed' } });
    expect(await web({ ...ofSachiko, ticketNumber: '0000088888' }, proofs)).toEqual(hidden);
  });

  it('is nobody else: no other role opens anybody by it', async () => {
    nextDay();
    const keyed = { purpose: 'web' as const, items: typed, addresseeNumber: '0000000001' };
    for (const role of ['phone-agent', 'operator', 'city-staff'] as const) {
      const desk = await world.desk(role, { kind: 'self-service' });
      expect(await world.call(contract.verifyPerson, keyed, desk)).toMatchObject({
        refusal: { code: 'purpose_not_allowed' },
      });
    }
  });
});
