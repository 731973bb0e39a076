import * as contract from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReservationsWorld } from '../store/reservations-world.fixture.ts';
import { reservationsWorld } from '../store/reservations-world.fixture.ts';
import { waitlistSetting } from '../store/waiting-store.ts';

let world: ReservationsWorld;
let city: { id: string; token: string };
beforeAll(async () => {
  world = await reservationsWorld();
  city = await world.actor('city-staff');
});
afterAll(() => world.stop());

const as = (token: string) => ({ actorToken: token, idempotencyKey: newId() });
const show = async (token = city.token) => {
  const shown = await world.call(contract.showSettings, {}, { actorToken: token });
  if (!shown.ok) throw new Error(shown.refusal.code);
  return shown.value;
};
const change = async (
  part: Partial<contract.ReservationSettings>,
  how: { revision?: number; reason?: string; token?: string } = {},
) => {
  const { settings, revision } = await show();
  return world.call(
    contract.changeSettings,
    {
      settings: { ...settings, ...part },
      revision: how.revision ?? revision,
      reason: how.reason ?? '年末の体制に合わせて変更します。',
    },
    as(how.token ?? city.token),
  );
};

describe('the settings of the city', () => {
  it('are changed with a reason, and say what they were before', async () => {
    expect(await show()).toMatchObject({ revision: 0, changes: [] });
    const done = await change({
      callingFrom: '10:00',
      callingWeekdays: ['sat', 'mon', 'sat'],
      closedDays: ['2026-12-28', '2026-12-11', '2026-12-28'],
    });
    expect(done).toEqual({ ok: true, value: { revision: 1 } });
    expect(await show()).toMatchObject({
      revision: 1,
      settings: {
        callingFrom: '10:00',
        callingTo: '17:30',
        callingWeekdays: ['mon', 'sat'],
        closedDays: ['2026-12-11', '2026-12-28'],
      },
      changes: [
        {
          revision: 1,
          changedBy: city.id,
          reason: '年末の体制に合わせて変更します。',
          differences: [
            { member: 'callingFrom', before: '09:00', after: '10:00' },
            { member: 'callingWeekdays', before: ['mon', 'tue', 'wed', 'thu', 'fri'] },
            { member: 'closedDays', before: [], after: ['2026-12-11', '2026-12-28'] },
          ],
        },
      ],
    });
    expect(await waitlistSetting(world.runtime.database.read)).toMatchObject({
      callingFrom: '10:00',
      callingWeekdays: [1, 6],
      closedDays: ['2026-12-11', '2026-12-28'],
    });
  });

  it('say how far ahead sessions are opened', async () => {
    const { revision } = await show();
    expect((await change({ sessionDaysAhead: 10 })).ok).toBe(true);
    expect(await change({ sessionDaysAhead: 10 })).toEqual({
      ok: true,
      value: { revision: revision + 1 },
    });
    const [setting] = await world.sql('SELECT days_ahead FROM session_setting');
    expect(setting).toEqual({ days_ahead: 10 });
  });

  it('are refused as they cannot be meant, without a reason, or read before another change', async () => {
    const before = await show();
    const codes = await Promise.all([
      change({ callingTo: '08:00' }),
      change({ callingWeekdays: [] }),
      change({ phoneMinutes: 1, shortestMinutes: 5 }),
      change({ webMinutes: 99_999 }),
      change({ sessionDaysAhead: 40_000 }),
      change({ offersToMiss: 2 }, { reason: '短い' }),
      change({ offersToMiss: 2 }, { revision: 0 }),
      change({ offersToMiss: 2 }, { token: (await world.actor('operator')).token }),
      change({ offersToMiss: 2 }, { token: (await world.actor('auditor')).token }),
    ]);
    expect(codes.map((one) => (one.ok ? 'ok' : one.refusal.code))).toEqual([
      'malformed_request',
      'malformed_request',
      'malformed_request',
      'malformed_request',
      'malformed_request',
      'reason_too_short',
      'changed_meanwhile',
      'not_allowed',
      'not_allowed',
    ]);
    expect(await show((await world.actor('auditor')).token)).toEqual(before);
  });

  it('are changed by one of several at once', async () => {
    const { revision } = await show();
    const answers = await Promise.all(
      [4, 5, 6, 7].map((offersToMiss) => change({ offersToMiss }, { revision })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await show()).revision).toBe(revision + 1);
  });

  it('stand in the log', async () => {
    const entries = await world.sql(
      `SELECT 1 FROM relay.audit_entry WHERE entry::text LIKE '%reservations.change-settings%'`,
    );
    expect(entries.length).toBeGreaterThanOrEqual(3);
  });
});
