import { addDays, tokyoDate } from '@madoguchi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller, City } from './city.fixture.ts';
import { startCity } from './city.fixture.ts';
import type { Answer } from './operator-client.fixture.ts';
import { OperatorClient } from './operator-client.fixture.ts';

// Bookings that hang together, through the operators' own door: statuses and codes as a browser sees them.
const tomorrow = addDays(tokyoDate(new Date()), 1);
const NEVER_VACCINATED = `NOT r.protected AND r.removal_date IS NULL`;
let city: City;
let operator: OperatorClient;
let people: Caller[];

beforeAll(async () => {
  city = await startCity();
  people = await city.callers(NEVER_VACCINATED);
  operator = new OperatorClient(city.origin);
  await operator.signIn(city.person('operator1'));
});
afterAll(() => city.world.stop());

/** Opens a case by hand and the next person in it. */
async function serve(): Promise<string> {
  const one = people.shift();
  if (!one) throw new Error('not enough people');
  const opened = await operator.post('/cases', {
    reason: '電話交換機が応答しないため手で開きます',
  });
  expect(opened.status).toBe(200);
  const items = { name: one.nameKana, dateOfBirth: one.dateOfBirth, address: one.address };
  const verified = await operator.send('POST', '/case/verify', { purpose: 'reservation', items });
  expect(verified).toMatchObject({ status: 200, body: { outcome: 'confirmed' } });
  return one.id;
}
const close = async (): Promise<void> => {
  const [row] = await city.world.sql<{ id: string }>(
    'calls',
    `SELECT id FROM case_record WHERE state NOT IN ('closed') ORDER BY opened_at DESC LIMIT 1`,
  );
  await operator.post('/case/close', { caseId: row?.id, afterCallCode: 'booked' });
};
const slotsFor = async (residentId: string): Promise<string[]> => {
  const found = await operator.send('POST', '/slots/search', {
    residentId,
    doseNumber: 1,
    from: tomorrow,
    to: addDays(tomorrow, 3),
  });
  return (found.body['slots'] as { slotId: string }[]).map(({ slotId }) => slotId);
};
const expectProblem = (answer: Answer, status: number, code: string): void =>
  expect(answer).toMatchObject({
    status,
    body: { code, title: expect.any(String), detail: expect.stringContaining('。') },
  });

describe('a pair booked by an operator', () => {
  it('is proposed, booked, changed from the version seen only (B52), and cancelled as a whole only', async () => {
    const residentId = await serve();
    const [first, other, third] = await slotsFor(residentId);
    const proposed = await operator.send('POST', '/reservations/pair/propose', {
      residentId,
      slotId: first,
    });
    expect(proposed.status).toBe(200);
    const [best] = proposed.body['slots'] as { slotId: string }[];
    const booked = await operator.post('/reservations/pair', { residentId, slotId: first });
    expect(booked.status).toBe(200);
    const [one, two] = booked.body['bookings'] as {
      reservationId: string;
      confirmationNumber: string;
      slot: { slotId: string };
    }[];
    expect(two?.slot.slotId).toBe(best?.slotId);
    const change = (slotId: string | undefined) =>
      operator.post('/reservations/change', {
        residentId,
        reservationId: one?.reservationId,
        slotId,
        expectedVersion: 1,
      });
    expect(await change(other)).toMatchObject({ status: 200, body: { version: 2 } });
    expectProblem(await change(third), 412, 'reservation_changed_meanwhile');
    const cancel = { residentId, reservationId: one?.reservationId, reason: 'own-wish' };
    const refused = await operator.post('/reservations/cancel', cancel);
    expectProblem(refused, 409, 'following_dose_booked');
    expect(refused.body['following']).toMatchObject([
      { reservationId: two?.reservationId, doseNumber: 2 },
    ]);
    const found = await operator.send('POST', '/reservations/find', {
      confirmationNumber: two?.confirmationNumber.replaceAll('-', ' '),
    });
    expect(found).toMatchObject({ status: 200, body: { residentId } });
    const both = await operator.post('/reservations/cancel', { ...cancel, withFollowing: true });
    expect(both).toMatchObject({ status: 200, body: { alsoCancelled: [two?.reservationId] } });
    await close();
  });
});

describe('holding and giving back in turn (B30)', () => {
  it('is refused with 429 at the budget, and in the log as suspected', async () => {
    const residentId = await serve();
    const [slotId] = await slotsFor(residentId);
    const statuses: number[] = [];
    let last: Answer | undefined;
    for (let turn = 0; turn < 16; turn += 1) {
      last = await operator.post('/holds', { residentId, slotId, doseNumber: 1 });
      statuses.push(last.status);
      if (last.status === 200)
        await operator.post('/holds/release', { residentId, holdId: last.body['holdId'] });
    }
    if (!last) throw new Error('nothing was asked');
    expectProblem(last, 429, 'seat_budget_exceeded');
    expect(statuses.filter((status) => status === 200)).toHaveLength(12);
    const entries = await city.world.sql(
      'reservations',
      `SELECT 1 FROM relay.audit_entry WHERE entry->>'action' = 'misuse-suspected'`,
    );
    expect(entries).toHaveLength(1);
    await close();
  });
});
