import * as contract from '@madoguchi/contracts';
import { addDays, isConfirmationNumber, newId, tokyoDate } from '@madoguchi/kernel';
import type { RunningService } from '@madoguchi/service';
import { eventually, testWorld } from '@madoguchi/testing/test-world';
import type { TestWorld } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expireHolds } from '../expire-holds/expire-holds.ts';
import { seedAlone } from '../seed-demo/seed-alone.ts';
import { reservations } from '../service.ts';
import { BORN_TOO_LATE } from '../store/reservations-world.fixture.ts';

let world: TestWorld;
let service: RunningService;
let late = 0;
const clock = { now: () => new Date(Date.now() + late) };
const tomorrow = addDays(tokyoDate(new Date()), 1);

beforeAll(async () => {
  world = await testWorld({ clock });
  service = await world.start(reservations);
  await seedAlone(service.runtime);
});
afterAll(() => world.stop());

/** A resident as the registry would tell of them. */
const resident = async (changes: { dateOfBirth?: string; to?: string } = {}): Promise<string> => {
  const id = newId();
  await world.sql(
    'reservations',
    `INSERT INTO resident_copy (resident_id, version, date_of_birth, residency, refer)
     VALUES ($1, 1, $2, $3::jsonb, false)`,
    [
      id,
      changes.dateOfBirth ?? '1960-01-01',
      JSON.stringify([{ from: '1960-01-01', to: changes.to ?? null }]),
    ],
  );
  return id;
};
const serving = async (residentId: string, caseId = newId()) => {
  const operator = await world.actor('operator');
  const grant = await world.grant({
    operatorId: operator.id,
    residents: [residentId],
    purposes: ['reservation'],
    caseId,
  });
  return { actorToken: operator.token, grant, caseId };
};
const slotsOf = async (day: string, count: number): Promise<string[]> => {
  const rows = await world.sql<{ id: string }>(
    'reservations',
    `SELECT id FROM slot WHERE day = $1 AND booked + held = 0 ORDER BY id LIMIT $2`,
    [day, count],
  );
  return rows.map((row) => row.id);
};
const slotOf = async (day: string): Promise<string> => {
  const [id] = await slotsOf(day, 1);
  if (id === undefined) throw new Error('no free slot');
  return id;
};
const counts = async (slotId: string) => {
  const [row] = await world.sql<{ booked: number; held: number; phone_taken: number }>(
    'reservations',
    'SELECT booked, held, phone_taken FROM slot WHERE id = $1',
    [slotId],
  );
  return row;
};
const key = () => ({ idempotencyKey: newId() });

describe('the way to a seat', () => {
  it('finds, holds, books, moves and cancels', async () => {
    const residentId = await resident();
    const me = await serving(residentId);
    const found = await world.call(
      contract.findFreeSlots,
      { residentId, doseNumber: 1, from: tomorrow, to: addDays(tomorrow, 7), limit: 5 },
      me,
    );
    if (!found.ok) throw new Error(found.refusal.code);
    expect(found.value.slots).toHaveLength(5);
    expect(found.value.reasons).toEqual([]);
    const slotId = found.value.slots[0]?.slotId ?? '';
    const held = await world.call(
      contract.holdSlot,
      { residentId, slotId, doseNumber: 1 },
      { ...me, ...key() },
    );
    if (!held.ok) throw new Error(held.refusal.code);
    expect(await counts(slotId)).toEqual({ booked: 0, held: 1, phone_taken: 1 });
    const booked = await world.call(
      contract.bookSlot,
      { residentId, doseNumber: 1, holdId: held.value.holdId },
      { ...me, ...key() },
    );
    if (!booked.ok) throw new Error(booked.refusal.code);
    expect(isConfirmationNumber(booked.value.confirmationNumber)).toBe(true);
    expect(await counts(slotId)).toEqual({ booked: 1, held: 0, phone_taken: 1 });
    const { reservationId } = booked.value;
    const other = await slotOf(addDays(tomorrow, 3));
    expect(
      await world.call(
        contract.changeReservation,
        { residentId, reservationId, slotId: other },
        { ...me, ...key() },
      ),
    ).toMatchObject({ ok: true });
    expect([await counts(slotId), await counts(other)]).toEqual([
      { booked: 0, held: 0, phone_taken: 0 },
      { booked: 1, held: 0, phone_taken: 1 },
    ]);
    const cancel = { residentId, reservationId, reason: 'own-wish' as const };
    expect(await world.call(contract.cancelReservation, cancel, { ...me, ...key() })).toMatchObject(
      { ok: true },
    );
    expect(await world.call(contract.cancelReservation, cancel, { ...me, ...key() })).toMatchObject(
      {
        refusal: { code: 'reservation_not_changeable' },
      },
    );
    expect(await counts(other)).toEqual({ booked: 0, held: 0, phone_taken: 0 });
    const list = await world.call(contract.listReservations, { residentId }, me);
    expect(list).toMatchObject({
      ok: true,
      value: { reservations: [{ state: 'cancelled', doseNumber: 1 }] },
    });
  });

  it('explains in a sentence what the rules forbid', async () => {
    const residentId = await resident({ dateOfBirth: BORN_TOO_LATE });
    const me = await serving(residentId);
    const found = await world.call(
      contract.findFreeSlots,
      { residentId, doseNumber: 1, from: tomorrow, to: tomorrow },
      me,
    );
    expect(found).toMatchObject({
      ok: true,
      value: { slots: [], reasons: [{ code: 'age_not_eligible' }] },
    });
    const slotId = await slotOf(tomorrow);
    expect(
      await world.call(
        contract.bookSlot,
        { residentId, doseNumber: 1, slotId },
        { ...me, ...key() },
      ),
    ).toMatchObject({ refusal: { code: 'age_not_eligible' } });
  });

  it('refuses a second booking of a dose, and one without a grant for that person (B28)', async () => {
    const residentId = await resident();
    const me = await serving(residentId);
    const [first = '', second = ''] = await slotsOf(addDays(tomorrow, 1), 2);
    expect(
      await world.call(
        contract.bookSlot,
        { residentId, doseNumber: 1, slotId: first },
        { ...me, ...key() },
      ),
    ).toMatchObject({ ok: true });
    expect(
      await world.call(
        contract.bookSlot,
        { residentId, doseNumber: 1, slotId: second },
        { ...me, ...key() },
      ),
    ).toMatchObject({ refusal: { code: 'already_booked' } });
    const stranger = await resident();
    expect(
      await world.call(
        contract.bookSlot,
        { residentId: stranger, doseNumber: 1, slotId: second },
        { ...me, ...key() },
      ),
    ).toMatchObject({ refusal: { code: 'grant_required' } });
  });
});

describe('a grant for another purpose', () => {
  it.each(['own-record', 'reissue'] as const)(
    'takes, moves and frees no seat: %s',
    async (purpose) => {
      const residentId = await resident();
      const operator = await world.actor('operator');
      const grant = await world.grant({
        operatorId: operator.id,
        residents: [residentId],
        purposes: [purpose],
      });
      const me = { actorToken: operator.token, grant };
      const slotId = await slotOf(addDays(tomorrow, 11));
      const [reservationId, seat] = [newId(), { residentId, doseNumber: 1, slotId }];
      const answers = [
        await world.call(contract.holdSlot, seat, { ...me, ...key() }),
        await world.call(contract.bookSlot, seat, { ...me, ...key() }),
        await world.call(
          contract.changeReservation,
          { residentId, reservationId, slotId },
          { ...me, ...key() },
        ),
        await world.call(
          contract.cancelReservation,
          { residentId, reservationId, reason: 'own-wish' },
          { ...me, ...key() },
        ),
      ];
      for (const answer of answers)
        expect(answer).toMatchObject({ refusal: { code: 'purpose_not_allowed' } });
      expect(await counts(slotId)).toMatchObject({ booked: 0, held: 0 });
    },
  );
});

describe('one command, one booking (F1, F2, B22, B23)', () => {
  it('gives the first answer again, and refuses another body under the key', async () => {
    const residentId = await resident();
    const me = { ...(await serving(residentId)), ...key() };
    const slotId = await slotOf(addDays(tomorrow, 2));
    const command = { residentId, doseNumber: 1, slotId };
    const first = await world.call(contract.bookSlot, command, me);
    expect(await world.call(contract.bookSlot, command, me)).toEqual(first);
    expect(await counts(slotId)).toMatchObject({ booked: 1 });
    expect(await world.call(contract.bookSlot, { ...command, doseNumber: 2 }, me)).toMatchObject({
      refusal: { code: 'idempotency_key_reused' },
    });
  });

  it('needs a key (B25)', async () => {
    const residentId = await resident();
    expect(
      await world.call(
        contract.bookSlot,
        { residentId, doseNumber: 1, slotId: await slotOf(tomorrow) },
        await serving(residentId),
      ),
    ).toMatchObject({ refusal: { code: 'idempotency_key_missing' } });
  });

  it('books a resident once, however many ask at once (B29)', async () => {
    const residentId = await resident();
    const me = await serving(residentId);
    const slots = await slotsOf(addDays(tomorrow, 4), 20);
    const answers = await Promise.all(
      slots.map((slotId) =>
        world.call(contract.bookSlot, { residentId, doseNumber: 1, slotId }, { ...me, ...key() }),
      ),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    for (const answer of answers)
      if (!answer.ok) expect(answer.refusal.code).toBe('already_booked');
  });
});

describe('the last seats', () => {
  it('go to exactly ten of fifty who ask at once; forty are told so', async () => {
    const slotId = await slotOf(addDays(tomorrow, 5));
    await world.sql(
      'reservations',
      'UPDATE slot SET capacity = 10, phone_quota = 10, web_quota = 0, walk_in_quota = 0 WHERE id = $1',
      [slotId],
    );
    const callers = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const residentId = await resident();
        return { residentId, ...(await serving(residentId)) };
      }),
    );
    const answers = await Promise.all(
      callers.map(({ residentId, ...me }) =>
        world.call(contract.bookSlot, { residentId, doseNumber: 1, slotId }, { ...me, ...key() }),
      ),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(10);
    expect(
      answers.filter((answer) => !answer.ok && answer.refusal.code === 'slot_full'),
    ).toHaveLength(40);
    expect(await counts(slotId)).toEqual({ booked: 10, held: 0, phone_taken: 10 });
  });
});

describe('a hold', () => {
  it('ends with its case, and its seat comes back once', async () => {
    const residentId = await resident();
    const me = await serving(residentId);
    const slotId = await slotOf(addDays(tomorrow, 6));
    await world.call(contract.holdSlot, { residentId, slotId, doseNumber: 1 }, { ...me, ...key() });
    world.connection.nats.publish(
      contract.signalSubjects.caseEnded,
      JSON.stringify({ caseId: me.caseId }),
    );
    await eventually('the seat is back', async () => (await counts(slotId))?.held === 0);
    expect(await counts(slotId)).toEqual({ booked: 0, held: 0, phone_taken: 0 });
  });

  it('ends with its time, and cannot be booked after it', async () => {
    const residentId = await resident();
    const me = await serving(residentId);
    const slotId = await slotOf(addDays(tomorrow, 7));
    const held = await world.call(
      contract.holdSlot,
      { residentId, slotId, doseNumber: 1 },
      { ...me, ...key() },
    );
    if (!held.ok) throw new Error(held.refusal.code);
    late = 5 * 60_000 + 1;
    const again = { ...(await serving(residentId, me.caseId)), ...key() };
    const booked = await world.call(
      contract.bookSlot,
      { residentId, doseNumber: 1, holdId: held.value.holdId },
      again,
    );
    await expireHolds(service.runtime)();
    late = 0;
    expect(booked).toMatchObject({ ok: false });
    if (!booked.ok) expect(['hold_expired', 'hold_not_found']).toContain(booked.refusal.code);
    expect(await counts(slotId)).toEqual({ booked: 0, held: 0, phone_taken: 0 });
  });

  it('belongs to its case (B24)', async () => {
    const residentId = await resident();
    const me = await serving(residentId);
    const slotId = await slotOf(addDays(tomorrow, 8));
    const held = await world.call(
      contract.holdSlot,
      { residentId, slotId, doseNumber: 1 },
      { ...me, ...key() },
    );
    if (!held.ok) throw new Error(held.refusal.code);
    const other = await serving(residentId);
    expect(
      await world.call(
        contract.bookSlot,
        { residentId, doseNumber: 1, holdId: held.value.holdId },
        { ...other, ...key() },
      ),
    ).toMatchObject({ refusal: { code: 'hold_not_found' } });
  });
});

describe('without NATS (F8)', () => {
  it('says so within two seconds and leaves nothing half-done', async () => {
    const residentId = await resident();
    const me = await serving(residentId);
    const slotId = await slotOf(addDays(tomorrow, 9));
    const command = { residentId, doseNumber: 1, slotId };
    const repeated = { ...me, ...key() };
    await world.nats.kill();
    const started = Date.now();
    expect(await world.call(contract.bookSlot, command, repeated)).toMatchObject({
      refusal: { code: 'messaging_unavailable' },
    });
    expect(Date.now() - started).toBeLessThan(2_000);
    await world.nats.restart();
    await eventually('the command works again', async () => {
      const answer = await world.call(contract.bookSlot, command, repeated);
      return answer.ok;
    });
    expect(await counts(slotId)).toMatchObject({ booked: 1 });
  });
});

describe('the checker of runs', () => {
  it('finds all of it whole', async () => {
    expect(await world.checkReservations()).toMatchObject({ exitCode: 0, findings: [] });
  });
});
