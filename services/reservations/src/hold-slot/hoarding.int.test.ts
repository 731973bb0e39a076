import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expireHolds } from '../expire-holds/expire-holds.ts';
import { forgetUses } from '../expire-holds/forget-uses.ts';
import { reservations } from '../service.ts';
import type { ReservationsWorld } from '../store/reservations-world.fixture.ts';
import { reservationsWorld } from '../store/reservations-world.fixture.ts';

const VENUE = '1312300011';
let late = 0;
const clock = { now: () => new Date(Date.now() + late) };
const day = (days: number): string => addDays(tokyoDate(new Date()), days);
let world: ReservationsWorld;
beforeAll(async () => {
  world = await reservationsWorld({ clock });
});
afterAll(() => world.stop());

type Serving = Awaited<ReturnType<ReservationsWorld['serving']>>;
const key = () => ({ idempotencyKey: newId() });
const codeOf = (answer: { ok: true } | { ok: false; refusal: { code: string } }): string =>
  answer.ok ? 'ok' : answer.refusal.code;
const slotsOn = async (days: number): Promise<string[]> =>
  (await world.slotsAt(VENUE, day(days))).map(({ id }) => id);
const hold = (me: Serving, residentId: string, slotId: string) =>
  world.call(contract.holdSlot, { residentId, slotId, doseNumber: 1 }, { ...me, ...key() });
const holdAndRelease = async (me: Serving, residentId: string, slotId: string) => {
  const held = await hold(me, residentId, slotId);
  if (!held.ok) return held.refusal.code;
  const { holdId } = held.value;
  return codeOf(
    await world.call(contract.releaseHold, { residentId, holdId }, { ...me, ...key() }),
  );
};
const bookAndCancel = async (me: Serving, residentId: string, slotId: string) => {
  const booked = await world.call(
    contract.bookSlot,
    { residentId, slotId, doseNumber: 1 },
    { ...me, ...key() },
  );
  if (!booked.ok) return booked.refusal.code;
  const { reservationId } = booked.value;
  return codeOf(
    await world.call(
      contract.cancelReservation,
      { residentId, reservationId, reason: 'own-wish' },
      { ...me, ...key() },
    ),
  );
};
const budget = (per: string) =>
  world
    .sql<{ most: number }>(`SELECT most FROM budget WHERE kind = 'hoarding' AND per = $1`, [per])
    .then(([row]) => row?.most ?? 0);
const toldOf = (subject: string) =>
  world.sql<{ per: string; used: number }>(
    `SELECT payload->>'per' AS per, (payload->>'used')::int AS used FROM relay.outbox
     WHERE subject = 'ev.reservations.misuse.suspected.v1' AND payload->>'subject' = $1`,
    [subject],
  );
const entriesOf = (action: string, subject: string) =>
  world.sql(
    `SELECT 1 FROM relay.audit_entry WHERE entry->>'action' = $1
     AND (entry->'detail'->>'subject' = $2 OR entry->'residents'->>0 = $2)`,
    [action, subject],
  );

describe('holding and giving back in turn (B30)', () => {
  it('a thousand times: is stopped at the budget, and told once', async () => {
    const residentId = await world.resident();
    const me = await world.serving(residentId);
    const [slotId = ''] = await slotsOn(1);
    const most = await budget('resident');
    const codes: string[] = [];
    for (let time = 0; time < 1_000; time += 1)
      codes.push(await holdAndRelease(me, residentId, slotId));
    expect(codes.slice(0, most)).toEqual(Array.from({ length: most }, () => 'ok'));
    expect(new Set(codes.slice(most))).toEqual(new Set(['seat_budget_exceeded']));
    expect(contract.REFUSALS.seat_budget_exceeded.status).toBe(429);
    expect(await world.seatsOf(slotId)).toEqual({ booked: 0, held: 0 });
    expect(await toldOf(residentId)).toEqual([{ per: 'resident', used: most }]);
    expect(await entriesOf('misuse-suspected', residentId)).toHaveLength(1);
    expect(await entriesOf('refusal', residentId)).toHaveLength(1_000 - most);
  });

  it.each(['operator', 'senior-operator', 'city-staff', 'phone-agent'] as const)(
    'by %s, with bookings and cancellations: no channel is exempt',
    async (role) => {
      const residentId = await world.resident();
      const me = await world.serving(residentId, role);
      const [slotId = ''] = await slotsOn(2);
      await world.sql(
        'UPDATE slot SET capacity = 9, phone_quota = 4, web_quota = 0, walk_in_quota = 0, staff_quota = 4 WHERE id = $1',
        [slotId],
      );
      const most = await budget('resident');
      const codes: string[] = [];
      for (let time = 0; time < most + 3; time += 1)
        codes.push(await bookAndCancel(me, residentId, slotId));
      expect(codes.filter((code) => code === 'ok')).toHaveLength(most);
      expect(new Set(codes.slice(most))).toEqual(new Set(['seat_budget_exceeded']));
      // Neither by another operator, nor as a pair.
      const other = await world.serving(residentId, role);
      expect(codeOf(await hold(other, residentId, slotId))).toBe('seat_budget_exceeded');
      const pair = await world.call(
        contract.bookPair,
        { residentId, slotId },
        { ...other, ...key() },
      );
      expect(codeOf(pair)).toBe('seat_budget_exceeded');
    },
  );

  it('by moving a booking to and fro', async () => {
    const [one = '', two = ''] = await slotsOn(3);
    const { residentId, reservationId } = await world.book(one);
    const me = await world.serving(residentId);
    const most = await budget('resident');
    const codes: string[] = [];
    for (let time = 0; time < most + 2; time += 1)
      codes.push(
        codeOf(
          await world.call(
            contract.changeReservation,
            { residentId, reservationId, slotId: time % 2 === 0 ? two : one },
            { ...me, ...key() },
          ),
        ),
      );
    expect(codes.filter((code) => code === 'ok')).toHaveLength(most);
    expect(codes.at(-1)).toBe('seat_budget_exceeded');
    // The seat itself can always be given back.
    const cancelled = await world.call(
      contract.cancelReservation,
      { residentId, reservationId, reason: 'own-wish' },
      { ...me, ...key() },
    );
    expect(cancelled.ok).toBe(true);
  });

  it('of one operator over ever new people and cases, at the budget that the city set', async () => {
    await world.sql(`UPDATE budget SET most = 20 WHERE kind = 'hoarding' AND per = 'actor'`);
    try {
      const operator = await world.actor('operator');
      const [slotId = ''] = await slotsOn(4);
      const codes: string[] = [];
      for (let time = 0; time < 25; time += 1) {
        const residentId = await world.resident();
        const grant = await world.grant({
          operatorId: operator.id,
          residents: [residentId],
          purposes: ['reservation'],
        });
        const me = { actorToken: operator.token, grant, caseId: '', operatorId: operator.id };
        codes.push(await holdAndRelease(me, residentId, slotId));
      }
      expect(codes.filter((code) => code === 'ok')).toHaveLength(20);
      expect(codes.at(-1)).toBe('seat_budget_exceeded');
      expect(await toldOf(operator.id)).toEqual([{ per: 'actor', used: 20 }]);
    } finally {
      await world.sql(`UPDATE budget SET most = 300 WHERE kind = 'hoarding' AND per = 'actor'`);
    }
  });

  it('counts holds that were left to run out, and not those that were booked', async () => {
    const [slotId = ''] = await slotsOn(5);
    const uses = async (residentId: string) =>
      (await world.sql('SELECT 1 FROM budget_use WHERE subject = $1', [residentId])).length;
    const left = await world.resident();
    expect(codeOf(await hold(await world.serving(left), left, slotId))).toBe('ok');
    late = 5 * 60_000 + 1;
    await expireHolds(world.runtime)();
    late = 0;
    expect(await uses(left)).toBe(1);
    const used = await world.resident();
    const me = await world.serving(used);
    const held = await hold(me, used, slotId);
    if (!held.ok) throw new Error(held.refusal.code);
    const booked = await world.call(
      contract.bookSlot,
      { residentId: used, doseNumber: 1, holdId: held.value.holdId },
      { ...me, ...key() },
    );
    expect(codeOf(booked)).toBe('ok');
    expect(await uses(used)).toBe(0);
  });

  it('is forgiven the next day', async () => {
    const residentId = await world.resident();
    const [slotId = ''] = await slotsOn(6);
    const me = await world.serving(residentId);
    const most = await budget('resident');
    for (let time = 0; time < most; time += 1) await holdAndRelease(me, residentId, slotId);
    expect(codeOf(await hold(me, residentId, slotId))).toBe('seat_budget_exceeded');
    late = 24 * 3_600_000;
    try {
      await forgetUses(world.runtime)();
      const tomorrow = await world.serving(residentId);
      expect(codeOf(await hold(tomorrow, residentId, slotId))).toBe('ok');
      expect(await world.sql('SELECT 1 FROM budget_use WHERE day < $1', [day(1)])).toEqual([]);
    } finally {
      late = 0;
    }
  });
});

describe('a release', () => {
  it('is one, however often the command comes (B22, B23)', async () => {
    const residentId = await world.resident();
    const me = await world.serving(residentId);
    const [slotId = '', other = ''] = await slotsOn(7);
    const held = await hold(me, residentId, slotId);
    if (!held.ok) throw new Error(held.refusal.code);
    const keyed = { ...me, ...key() };
    const request = { residentId, holdId: held.value.holdId };
    const first = await world.call(contract.releaseHold, request, keyed);
    expect(first).toEqual({ ok: true, value: { released: true } });
    expect(await world.call(contract.releaseHold, request, keyed)).toEqual(first);
    const again = await hold(me, residentId, other);
    if (!again.ok) throw new Error(again.refusal.code);
    expect(
      await world.call(contract.releaseHold, { residentId, holdId: again.value.holdId }, keyed),
    ).toMatchObject({ refusal: { code: 'idempotency_key_reused' } });
    expect([await world.seatsOf(slotId), await world.seatsOf(other)]).toEqual([
      { booked: 0, held: 0 },
      { booked: 0, held: 1 },
    ]);
  });
});

describe('a hold when the service is started again', () => {
  it('is still there, can be booked, and runs out at its time', async () => {
    const [slotId = ''] = await slotsOn(8);
    const [one, two] = [await world.resident(), await world.resident()];
    const [first, second] = [await world.serving(one), await world.serving(two)];
    const held = await hold(first, one, slotId);
    expect(codeOf(await hold(second, two, slotId))).toBe('ok');
    if (!held.ok) throw new Error(held.refusal.code);
    await world.service.stop();
    const { runtime } = await world.start(reservations);
    expect(await world.seatsOf(slotId)).toEqual({ booked: 0, held: 2 });
    const booked = await world.call(
      contract.bookSlot,
      { residentId: one, doseNumber: 1, holdId: held.value.holdId },
      { ...first, ...key() },
    );
    expect(codeOf(booked)).toBe('ok');
    expect(await world.seatsOf(slotId)).toEqual({ booked: 1, held: 1 });
    late = 5 * 60_000 + 1;
    await expireHolds(runtime)();
    late = 0;
    expect(await world.seatsOf(slotId)).toEqual({ booked: 1, held: 0 });
  });
});
