import * as contract from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RegistryWorld } from '../store/registry-world.fixture.ts';
import { registryWorld } from '../store/registry-world.fixture.ts';

const now = new Date('2026-11-24T01:00:00Z');
let world: RegistryWorld;
let hanako: string;
let sachiko: string;
beforeAll(async () => {
  world = await registryWorld({ now: () => now });
  hanako = await world.idOf('0000000001');
  sachiko = await world.idOf('0000000002');
});
afterAll(() => world.stop());

type Request = contract.RequestOf<typeof contract.calleesOfCase>;
const caseOf = async (
  role: contract.Role,
  claims: Parameters<RegistryWorld['permit']>[1] = {},
  stepUpAt: number | undefined = Math.floor(now.getTime() / 1_000),
) => {
  const actor = await world.actor(role, stepUpAt === undefined ? {} : { stepUpAt });
  const permit = await world.permit(actor.id, { kind: 'work-item', ...claims });
  return {
    actorToken: actor.token,
    permit: permit.token,
    caseId: permit.caseId,
    operatorId: actor.id,
  };
};
const ask = async (of: Awaited<ReturnType<typeof caseOf>>, request: Request = {}) => {
  const answer = await world.call(contract.calleesOfCase, request, of);
  return answer.ok ? answer.value.callees : answer.refusal.code;
};

describe('whom a work item is about', () => {
  it('is told by name and number only, to whoever has its case', async () => {
    const own = await caseOf('operator', { residents: [hanako, sachiko] });
    expect(await ask(own)).toEqual([
      {
        residentId: hanako,
        name: '渡邉　花子',
        nameKana: 'ワタナベ ハナコ',
        telephones: ['09012345678'],
        maskedFields: [],
      },
    ]);
    const entries = (await world.audit()).filter((entry) => entry['caseId'] === own.caseId);
    expect(entries).toMatchObject([
      { action: 'disclosure', residents: [hanako], fieldClasses: ['name', 'contact'] },
    ]);
    expect(await ask(await caseOf('operator', { kind: 'call', residents: [hanako] }))).toBe(
      'case_required',
    );
    expect(await ask(await caseOf('operator'))).toEqual([]);
  });

  it('takes the way of the desk for protected people', async () => {
    const desk = await caseOf('senior-operator', { residents: [sachiko], atDesk: true });
    const approvalId = newId();
    await world.sql(
      'registry',
      `INSERT INTO approval_copy (approval_id, kind, case_id, requested_by, decision, expires_at)
       VALUES ($1, 'desk-verification', $2, $3, 'approved', $4)`,
      [approvalId, desk.caseId, desk.operatorId, new Date(now.getTime() + 600_000)],
    );
    const reason = '会場の休止を知らせるため電話する';
    expect(await ask(desk)).toEqual([]);
    expect(await ask(desk, { approvalId, reason: '短い' })).toBe('reason_too_short');
    expect(await ask(desk, { approvalId: newId(), reason })).toBe('approval_not_here_yet');
    const tired = await caseOf('senior-operator', { residents: [sachiko] }, 0);
    expect(await ask(tired, { approvalId, reason })).toBe('step_up_required');
    expect(await ask(desk, { approvalId, reason })).toMatchObject([{ name: '佐藤　幸子' }]);
  });
});
