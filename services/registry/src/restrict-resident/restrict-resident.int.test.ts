import * as contract from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Desk, RegistryWorld } from '../store/registry-world.fixture.ts';
import { csv, registryWorld } from '../store/registry-world.fixture.ts';

const now = new Date('2026-11-24T01:00:00Z');
let world: RegistryWorld;
beforeAll(async () => {
  world = await registryWorld({ now: () => now });
});
afterAll(() => world.stop());

const HEADER =
  '宛名番号,氏名,性別,生年月日,住所,世帯番号,異動事由,異動年月日,消除区分,消除年月日,規制情報';
const person = (number: string, household: string, rest = ',,,,') =>
  `${number},太郎,1,19800101,東京都江戸川区平井１丁目１番１号,${household},${rest}`;
const approve = async (desk: Desk, changes: Record<string, unknown> = {}): Promise<string> => {
  const approvalId = newId();
  await world.sql(
    'registry',
    `INSERT INTO approval_copy (approval_id, kind, case_id, requested_by, decision, expires_at)
     VALUES ($1, $2, $3, $4, 'approved', $5)`,
    [
      approvalId,
      changes['kind'] ?? 'restriction-removal',
      desk.caseId,
      changes['requestedBy'] ?? desk.operatorId,
      new Date(now.getTime() + 600_000),
    ],
  );
  return approvalId;
};
const at = async (desk: Desk, residentId: string, role: contract.Role = 'city-staff') => ({
  ...desk,
  grant: await world.grant({
    caseId: desk.caseId,
    operatorId: desk.operatorId,
    residents: [residentId],
    purposes: ['own-record'],
    role,
  }),
});
const codeOf = (answer: { ok: boolean; refusal?: { code: string } }): string =>
  answer.ok ? 'ok' : (answer.refusal?.code ?? '');
const closed = (prefix: string) =>
  world.sql<{ protected: boolean; restricted: boolean }>(
    'registry',
    'SELECT protected, restricted FROM resident WHERE addressee_number LIKE $1 ORDER BY addressee_number',
    [`${prefix}%`],
  );
const lastEvent = async () => {
  const [row] = await world.sql<{ payload: { residents: contract.ResidentCopy[] } }>(
    'registry',
    `SELECT payload FROM relay.outbox WHERE subject = 'ev.registry.residents.changed.v1'
     ORDER BY position DESC LIMIT 1`,
  );
  return row?.payload.residents ?? [];
};
const steppedUp = { stepUpAt: Math.floor(now.getTime() / 1_000) };
const reason = '本人から相談があり、仮に閉じる';

describe('provisional protection', () => {
  it('acts at once and for the household, and needs two people to end', async () => {
    await world.importText(csv([person('R1', 'R'), person('R2', 'R')], HEADER));
    const id = await world.idOf('R1');
    const desk = await world.desk('city-staff', steppedUp);
    const context = await at(desk, id);
    const restrict = (text: string) =>
      world.call(contract.restrictResident, { residentId: id, reason: text }, context);
    expect(codeOf(await restrict('短い'))).toBe('reason_too_short');
    expect([codeOf(await restrict(reason)), codeOf(await restrict(reason))]).toEqual(['ok', 'ok']);
    expect(await closed('R')).toEqual([
      { protected: true, restricted: true },
      { protected: true, restricted: false },
    ]);
    expect(await lastEvent()).toMatchObject([{ refer: true }, { refer: true }]);
    const lift = async (approvalId: string) =>
      codeOf(
        await world.call(contract.liftRestriction, { residentId: id, reason, approvalId }, context),
      );
    expect(await lift(newId())).toBe('approval_not_here_yet');
    expect(await lift(await approve(desk, { kind: 'desk-verification' }))).toBe(
      'approval_required',
    );
    expect(await lift(await approve(desk, { requestedBy: newId() }))).toBe('approval_required');
    const approvalId = await approve(desk);
    expect([await lift(approvalId), await lift(approvalId)]).toEqual(['ok', 'approval_required']);
    const used = await world.sql<{ payload: { approvalId: string } }>(
      'registry',
      `SELECT payload FROM relay.outbox WHERE subject LIKE 'ev.registry.approval.used.%'`,
    );
    expect(used.map(({ payload }) => payload.approvalId)).toEqual([approvalId]);
    expect(await closed('R')).toEqual([
      { protected: false, restricted: false },
      { protected: false, restricted: false },
    ]);
    expect(await lastEvent()).toMatchObject([{ refer: false }, { refer: false }]);
    const entries = (await world.audit()).filter((entry) => entry['caseId'] === desk.caseId);
    expect(entries.map((entry) => entry['outcome'])).toEqual([
      'done',
      'done',
      'refused',
      'refused',
      'refused',
      'done',
      'refused',
    ]);
  });

  it('leaves a household closed while another one in it is', async () => {
    await world.importText(csv([person('S1', 'S', ',,,,支援措置'), person('S2', 'S')], HEADER));
    const id = await world.idOf('S2');
    const desk = await world.desk('city-staff', steppedUp);
    const context = await at(desk, id);
    await world.call(contract.restrictResident, { residentId: id, reason }, context);
    const approvalId = await approve(desk);
    const lifted = { residentId: id, reason, approvalId };
    expect(codeOf(await world.call(contract.liftRestriction, lifted, context))).toBe('ok');
    expect(await closed('S')).toEqual([
      { protected: true, restricted: true },
      { protected: true, restricted: false },
    ]);
  });

  it('asks for a fresh second factor to end', async () => {
    const desk = await world.desk('city-staff');
    const id = await world.idOf('0000000002');
    const answer = await world.call(
      contract.liftRestriction,
      { residentId: id, reason, approvalId: newId() },
      await at(desk, id),
    );
    expect(codeOf(answer)).toBe('step_up_required');
  });
});

describe('residence on a day', () => {
  const ask = async (
    id: string,
    request: { on: string; knownOn?: string },
    role: contract.Role = 'city-staff',
  ) => {
    const desk = await world.desk(role);
    const answer = await world.call(
      contract.residencyOn,
      { residentId: id, ...request },
      await at(desk, id, role),
    );
    if (!answer.ok) return answer.refusal.code;
    return [answer.value.residentAsKnownThen, answer.value.residentAsKnownNow];
  };

  it('is answered as known then and as known now', async () => {
    const day = (today: string) => ({ today: today as never });
    await world.importText(csv([person('T1', 'T', '転入,20200401,,,')], HEADER), day('2026-10-01'));
    const gone = csv([person('T1', 'T', '転出,20261101,転出,20261101,')], HEADER);
    await world.importText(gone, day('2026-11-20'));
    const id = await world.idOf('T1');
    expect(await ask(id, { on: '2026-11-10', knownOn: '2026-11-19' })).toEqual([true, false]);
    expect(await ask(id, { on: '2026-11-10', knownOn: '2026-11-20' })).toEqual([false, false]);
    expect(await ask(id, { on: '2020-03-31' })).toEqual([false, false]);
  });

  it('is told of today only to whom policy shows no more', async () => {
    const id = await world.idOf('0000000001');
    expect(await ask(id, { on: '2026-11-24' }, 'operator')).toEqual([true, true]);
    for (const days of [{ on: '2026-11-23' }, { on: '2026-11-24', knownOn: '2026-11-23' }])
      expect(await ask(id, days, 'operator')).toBe('purpose_not_allowed');
  });

  it('is told of nobody who is protected', async () => {
    expect(await ask(await world.idOf('0000000002'), { on: '2026-01-01' })).toBe('not_found');
  });
});
