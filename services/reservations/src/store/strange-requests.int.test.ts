import * as contract from '@madoguchi/contracts';
import type { Result } from '@madoguchi/kernel';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReservationsWorld } from '../store/reservations-world.fixture.ts';
import { reservationsWorld } from '../store/reservations-world.fixture.ts';

let world: ReservationsWorld;
let city: { actorToken: string };
beforeAll(async () => {
  world = await reservationsWorld();
  city = { actorToken: (await world.actor('city-staff')).token };
});
afterAll(() => world.stop());

const key = () => ({ idempotencyKey: newId() });
const today = tokyoDate(new Date());
const REASON = '医師会の名簿により改める';
const codeOf = (answer: Result<unknown>): string => (answer.ok ? 'ok' : answer.refusal.code);
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('a cursor that was made up (B50)', () => {
  it.each([
    '1',
    'Thu Nov 26 2026 (x)',
    '2026-11-26',
    '2026-02-30T00:00:00.000Z',
    '0000-01-01T00:00:00.000Z',
    '+275760-09-13T00:00:00.000Z',
    '-000001-01-01T00:00:00.000Z',
  ])('is refused, also where JavaScript reads a time in it: %s', async (instant) => {
    const asked = { cursor: `${instant}|${newId()}` };
    expect(codeOf(await world.call(contract.listWorkItems, asked, city))).toBe('malformed_request');
  });
  it('is told from one of ours', async () => {
    const asked = { cursor: `${new Date().toISOString()}|${newId()}` };
    expect(await world.call(contract.listWorkItems, asked, city)).toMatchObject({ ok: true });
  });
});

describe('a day that is none of ours (B51)', () => {
  const ranges = ['0000-01-01', '9999-12-31'].flatMap((day) => [
    [day, day],
    [day, addDays(today, 1)],
    [today, day],
  ]) as [string, string][];

  it.each(ranges)(
    'from %s to %s is refused by every search, and stops nobody',
    async (from, to) => {
      const residentId = await world.resident();
      const me = await world.serving(residentId);
      const person = { residentId, doseNumber: 1 };
      const member = { members: [person], from, to };
      const change = {
        kind: 'close-venue-days' as const,
        venueCode: '1312300011',
        from,
        to,
        reason: 'x',
      };
      const answers = [
        await world.call(
          contract.joinWaitingList,
          { ...person, from, to, reach: 'phone' },
          { ...me, ...key() },
        ),
        await world.call(contract.findFreeSlots, { ...person, from, to }, me),
        await world.call(contract.findGroupSlots, member, me),
        await world.call(contract.listSessions, { from, to }, city),
        await world.call(contract.exportSessions, { from, to }, city),
        await world.call(contract.proposeSessionChange, { change }, { ...city, ...key() }),
        await world.call(
          contract.copySessions,
          { venueCode: '1312300011', from, weeks: 1 },
          { ...city, ...key() },
        ),
        await world.call(contract.listWorkItems, { day: from }, city),
      ];
      const codes = answers.map(codeOf);
      expect(codes.slice(0, 3)).toEqual(codes.slice(0, 3).map(() => 'malformed_request'));
      expect(codes).not.toContain('internal_fault');
    },
  );

  it('is refused for a day sheet', async () => {
    const asked = { venueCode: '1312300011', format: 'pdf' as const, approvalId: newId() };
    const sheet = await world.call(
      contract.printDaySheet,
      { ...asked, day: '0000-01-01' },
      { ...city, ...key() },
    );
    expect(codeOf(sheet)).toBe('malformed_request');
  });

  it('is refused for a plan, which would hide the sessions of the venue from everybody', async () => {
    const [session] = await world.sql<{ id: string }>('SELECT id FROM session LIMIT 1');
    const quotas = { phone: 1, web: 1, staff: 0, 'walk-in': 0 };
    for (const at of ['9999-12-31T23:59:59-12:00', '0000-12-31T23:59:59-23:00']) {
      const asked = { sessionId: session?.id ?? '', at, quotas };
      const planned = await world.call(contract.planQuotas, asked, { ...city, ...key() });
      expect(codeOf(planned)).toBe('malformed_request');
    }
  });
});

describe('a file that is wrong in every cell (B20)', () => {
  it('is answered by its first faults and how many more there are', async () => {
    const list = `宛名番号,生年月日,区分コード\n${',,\n'.repeat(50_000)}`;
    const taken = await world.call(
      contract.importGroupMembers,
      { fileBase64: base64(list), source: '名簿', reason: REASON },
      { ...city, ...key() },
    );
    if (!taken.ok) throw new Error(taken.refusal.code);
    expect(taken.value).toMatchObject({ rows: 50_000, entered: 0 });
    expect(taken.value.refused).toHaveLength(1_001);
    expect(taken.value.refused.at(-1)?.reason).toContain('149000 件');
    const sessions = `会場コード,接種日,ワクチン,開始,終了,定員,電話枠,Web枠,受付開始\n${',,,,,,,,\n'.repeat(5_000)}`;
    const opened = await world.call(
      contract.importSessions,
      { fileBase64: base64(sessions) },
      { ...city, ...key() },
    );
    expect(opened.ok && opened.value.refused.length).toBe(1_001);
  });
});
