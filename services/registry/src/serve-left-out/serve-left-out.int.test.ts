import * as contract from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setAside } from '../store/addressees.ts';
import type { Desk, RegistryWorld } from '../store/registry-world.fixture.ts';
import { importer, registryWorld } from '../store/registry-world.fixture.ts';

const now = new Date('2026-11-24T01:00:00Z');
const reason = '一括発送から外れたため手作業で送る';
let world: RegistryWorld;
let sachiko: string;
beforeAll(async () => {
  world = await registryWorld({ now: () => now });
  sachiko = await world.idOf('0000000002');
  const ids = [sachiko, await world.idOf('0000000003')];
  await world.service.runtime.database.transaction(importer, (tx) =>
    setAside(tx.query, newId(), { ids, now }),
  );
});
afterAll(() => world.stop());

const atDesk = () =>
  world.desk('senior-operator', { atDesk: true, stepUpAt: Math.floor(now.getTime() / 1_000) });
const approve = async (desk: Desk): Promise<string> => {
  const approvalId = newId();
  await world.sql(
    'registry',
    `INSERT INTO approval_copy (approval_id, kind, case_id, requested_by, decision, expires_at)
     VALUES ($1, 'desk-verification', $2, $3, 'approved', $4)`,
    [approvalId, desk.caseId, desk.operatorId, new Date(now.getTime() + 600_000)],
  );
  return approvalId;
};
const list = async (desk: Pick<Desk, 'actorToken'>) => {
  const answer = await world.call(contract.listLeftOut, {}, { actorToken: desk.actorToken });
  if (!answer.ok) throw new Error(answer.refusal.code);
  return answer.value;
};
const itemOf = async (residentId: string): Promise<string> => {
  const [row] = await world.sql<{ itemId: string }>(
    'registry',
    'SELECT item_id AS "itemId" FROM bulk_left_out WHERE resident_id = $1',
    [residentId],
  );
  return row?.itemId ?? '';
};
type Opening = Partial<contract.RequestOf<typeof contract.openLeftOut>>;
const open = async (desk: Desk, changes: Opening = {}) =>
  world.call(
    contract.openLeftOut,
    {
      itemId: await itemOf(sachiko),
      purpose: 'application',
      reason,
      approvalId: newId(),
      ...changes,
    },
    desk,
  );
const codeOf = (answer: { ok: boolean; refusal?: { code: string } }): string =>
  answer.ok ? 'ok' : (answer.refusal?.code ?? '');

describe('people left out of bulk files', () => {
  it('are listed to the desk without saying who they are, and to nobody else', async () => {
    const desk = await atDesk();
    const { items, waiting } = await list(desk);
    expect([items.length, waiting]).toEqual([2, 2]);
    const said = JSON.stringify(items);
    for (const number of ['0000000002', '0000000003']) {
      expect(said).not.toContain(await world.idOf(number));
    }
    const entries = (await world.audit()).filter(
      (entry) => entry['operation'] === 'registry.list-left-out',
    );
    expect(entries).toMatchObject([{ action: 'search', residents: [], detail: { waiting: 2 } }]);
    const operator = await world.desk('operator');
    expect(codeOf(await world.call(contract.listLeftOut, {}, operator))).toBe('not_allowed');
  });

  it('open by the way of the desk only', async () => {
    const desk = await atDesk();
    const approvalId = await approve(desk);
    expect(codeOf(await open(desk))).toBe('approval_not_here_yet');
    expect(codeOf(await open(desk, { approvalId, reason: '短い' }))).toBe('reason_too_short');
    expect(codeOf(await open(desk, { approvalId, itemId: newId() }))).toBe('not_found');
    const tired = await world.desk('senior-operator', { atDesk: true });
    expect(codeOf(await open(tired, { approvalId: await approve(tired) }))).toBe(
      'step_up_required',
    );
    const elsewhere = await world.desk('senior-operator', {
      stepUpAt: Math.floor(now.getTime() / 1_000),
    });
    expect(codeOf(await open(elsewhere, { approvalId: await approve(elsewhere) }))).toBe(
      'case_required',
    );
    const answer = await open(desk, { approvalId });
    expect(answer).toMatchObject({
      ok: true,
      value: { outcome: 'confirmed', residentId: sachiko },
    });
    const grant = answer.ok ? (answer.value.grant ?? '') : '';
    const revealed = await world.call(
      contract.revealResident,
      { residentId: sachiko, purpose: 'application' },
      { ...desk, grant },
    );
    expect(revealed).toMatchObject({ ok: true, value: { resident: { name: '佐藤　幸子' } } });
    const opened = (await list(desk)).items.find((item) => item.openedInCase === desk.caseId);
    expect(opened).toMatchObject({ openedBy: desk.operatorId });
    const tries = (await world.audit()).filter(
      (entry) => entry['operation'] === 'registry.open-left-out',
    );
    expect(tries.map((entry) => [entry['action'], entry['residents']])).toEqual([
      ['verification-refused', []],
      ['verification-refused', []],
      ['verification', [sachiko]],
    ]);
  });

  it('leave the queue once, in the case in which they were opened', async () => {
    const desk = await atDesk();
    const approvalId = await approve(desk);
    const itemId = await itemOf(sachiko);
    const answer = await open(desk, { approvalId });
    const grant = answer.ok ? (answer.value.grant ?? '') : '';
    const settle = async (by: Desk, given: string) =>
      codeOf(
        await world.call(
          contract.settleLeftOut,
          { itemId, residentId: sachiko, handling: 'posted-by-hand' },
          { ...by, grant: given },
        ),
      );
    const other = await atDesk();
    const otherGrant = await world.grant({
      caseId: other.caseId,
      operatorId: other.operatorId,
      residents: [sachiko],
      purposes: ['application'],
      role: 'senior-operator',
    });
    expect(await settle(other, otherGrant)).toBe('grant_required');
    const approvedGrant = await world.grant({
      caseId: other.caseId,
      operatorId: other.operatorId,
      residents: [sachiko],
      purposes: ['application'],
      role: 'senior-operator',
      approvalId: newId(),
    });
    expect(await settle(other, approvedGrant)).toBe('not_found');
    expect([await settle(desk, grant), await settle(desk, grant)]).toEqual(['ok', 'not_found']);
    expect((await list(desk)).waiting).toBe(1);
    const rows = await world.sql(
      'registry',
      `SELECT handling, handled_by AS by FROM bulk_left_out
       WHERE handled_at IS NOT NULL AND resident_id = $1`,
      [sachiko],
    );
    expect(rows).toEqual([{ handling: 'posted-by-hand', by: desk.operatorId }]);
  });
});
