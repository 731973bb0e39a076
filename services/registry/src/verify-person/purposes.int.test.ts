import * as contract from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Desk, RegistryWorld } from '../store/registry-world.fixture.ts';
import { registryWorld } from '../store/registry-world.fixture.ts';

const now = new Date('2026-11-24T01:00:00Z');
const TICKETS = {
  '0000000001': '0000054321',
  '0000000002': '0000054322',
  '0000000004': '0000054324',
  '0000000005': '0000054325',
};
let world: RegistryWorld;
beforeAll(async () => {
  world = await registryWorld({ now: () => now });
  for (const [person, number] of Object.entries(TICKETS))
    await world.sql(
      'registry',
      `INSERT INTO ticket_copy (ticket_id, resident_id, ticket_number, state, version)
       VALUES ($1, $2, $3, 'issued', 1)`,
      [newId(), await world.idOf(person), number],
    );
});
afterAll(() => world.stop());

type Case = Partial<contract.CasePermitClaims>;
async function deskOf(role: contract.Role, claims: Case, stepUp = false): Promise<Desk> {
  const stepUpAt = Math.floor(now.getTime() / 1_000);
  const actor = await world.actor(role, stepUp ? { stepUpAt } : {});
  const permit = await world.permit(actor.id, claims);
  return {
    actorToken: actor.token,
    permit: permit.token,
    caseId: permit.caseId,
    operatorId: actor.id,
  };
}
async function ask(desk: Desk, request: contract.RequestOf<typeof contract.verifyPerson>) {
  const answer = await world.call(contract.verifyPerson, request, desk);
  return answer.ok ? answer.value : { outcome: answer.refusal.code };
}

describe('a claim', () => {
  const review = async (items: contract.SpokenItems, asOf?: string) =>
    ask(await deskOf('reviewer', { kind: 'claim' }), {
      purpose: 'claim-review',
      items,
      ...(asOf === undefined ? {} : { asOf }),
    });
  const kiyoshi = { ticketNumber: '0000054325', name: 'タカハシ キヨシ' };
  const ichiro = { ticketNumber: '0000054324', dateOfBirth: 'S45.10.10' };

  it('is judged by the day of the vaccination', async () => {
    expect(await review(kiyoshi, '2026-04-30')).toMatchObject({ outcome: 'confirmed' });
    expect(await review(kiyoshi, '2026-06-01')).toMatchObject({ outcome: 'not-confirmed' });
    expect(await review(ichiro, '2026-03-31')).toMatchObject({ outcome: 'confirmed' });
    expect(await review(ichiro, '2026-04-01')).toMatchObject({
      outcome: 'moved-away',
      municipalityToAsk: '千葉県市川市',
    });
    // She moved in on 2020-04-01.
    const hanako = { ticketNumber: '0000054321', dateOfBirth: 'S39.3.5' };
    expect(await review(hanako, '2020-03-31')).toMatchObject({ outcome: 'moved-away' });
    expect(await review(hanako, '2020-04-01')).toMatchObject({ outcome: 'confirmed' });
  });

  it('needs that day, and one in the past', async () => {
    for (const asOf of [undefined, '2026-11-25'])
      expect(await review(kiyoshi, asOf)).toEqual({ outcome: 'malformed_request' });
  });

  it('opens no protected person to a reviewer', async () => {
    const sachiko = { ticketNumber: '0000054322', dateOfBirth: 'S55.2.29' };
    const unknown = { ticketNumber: '0000099999', dateOfBirth: 'S55.2.29' };
    expect(await review(sachiko, '2026-04-01')).toEqual(await review(unknown, '2026-04-01'));
  });

  it('shows a reviewer what claims need', async () => {
    const desk = await deskOf('reviewer', { kind: 'claim' });
    const answer = await ask(desk, { purpose: 'claim-review', items: ichiro, asOf: '2026-03-31' });
    const { residentId = '', grant = '' } = 'items' in answer ? answer : {};
    expect(
      await world.call(
        contract.revealResident,
        { residentId, purpose: 'claim-review' },
        { ...desk, grant },
      ),
    ).toMatchObject({ ok: true, value: { resident: { name: '鈴木　一郎' } } });
  });
});

describe('a purpose', () => {
  const hanako = { name: '渡辺花子', dateOfBirth: 'S39.3.5' };

  it('of a venue is served by ticket and birth date', async () => {
    const desk = await deskOf('venue-staff', { kind: 'venue-visit' });
    const items = { ticketNumber: '0000054321', dateOfBirth: 'S39.3.5' };
    expect(await ask(desk, { purpose: 'venue-day', items })).toMatchObject({
      outcome: 'confirmed',
    });
  });

  it('of outreach opens only whom the work item names', async () => {
    const id = await world.idOf('0000000001');
    for (const [residents, outcome] of [
      [[id], 'confirmed'],
      [[newId()], 'not-confirmed'],
      [undefined, 'not-confirmed'],
    ] as const) {
      const desk = await deskOf('operator', {
        kind: 'work-item',
        ...(residents ? { residents: [...residents] } : {}),
      });
      expect(await ask(desk, { purpose: 'outreach', items: hanako })).toMatchObject({ outcome });
    }
  });

  it.each<[contract.Role, contract.Purpose, contract.CaseKind]>([
    ['city-staff', 'disclosure-request', 'application'],
    ['city-staff', 'emergency', 'break-glass'],
    ['operator', 'claim-review', 'claim'],
    ['reviewer', 'venue-day', 'venue-visit'],
    ['venue-staff', 'reservation', 'call'],
  ])(
    'is refused to %s without what %s needs, in a case of kind %s',
    async (role, purpose, kind) => {
      const items = { ...hanako, address: '西葛西6-23-1', ticketNumber: '0000054321' };
      const desk = await deskOf(role, { kind });
      expect(await ask(desk, { purpose, items, asOf: '2026-04-01' })).toEqual({
        outcome: 'purpose_not_allowed',
      });
    },
  );

  it('of an emergency takes the approval of one, and of nothing less', async () => {
    const desk = await deskOf('senior-operator', { kind: 'break-glass' }, true);
    const request = {
      purpose: 'emergency' as const,
      items: hanako,
      reason: '救急隊からの照会のため',
    };
    const withApproval = async (kind: string) => {
      const approvalId = newId();
      await world.sql(
        'registry',
        `INSERT INTO approval_copy (approval_id, kind, case_id, requested_by, decision, expires_at)
         VALUES ($1, $2, $3, $4, 'approved', $5)`,
        [approvalId, kind, desk.caseId, desk.operatorId, new Date(now.getTime() + 600_000)],
      );
      const answer = await world.call(contract.verifyAtDesk, { ...request, approvalId }, desk);
      return answer.ok ? answer.value.outcome : answer.refusal.code;
    };
    expect(await withApproval('desk-verification')).toBe('approval_required');
    expect(await withApproval('break-glass')).toBe('confirmed');
  });
});
