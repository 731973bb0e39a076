import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReservationsWorld } from '../store/reservations-world.fixture.ts';
import { reservationsWorld } from '../store/reservations-world.fixture.ts';

const EXPLANATION = '冷蔵庫の故障でワクチンの温度が逸脱した';
let world: ReservationsWorld;
let dayOfTest = 1;
beforeAll(async () => {
  world = await reservationsWorld();
});
afterAll(() => world.stop());

const key = () => ({ idempotencyKey: newId() });
const said = (answer: { ok: boolean; refusal?: { code: string } }) =>
  answer.refusal?.code ?? 'done';
const stepUpAt = () => Math.floor(Date.now() / 1000);
const cityStaff = async (claims: { stepUpAt?: number } = { stepUpAt: stepUpAt() }) => {
  const { id, token } = await world.actor('city-staff', claims);
  return { id, actorToken: token };
};

async function bookedSession() {
  const day = addDays(tokyoDate(new Date()), dayOfTest);
  dayOfTest += 1;
  const [slot] = await world.sql<{ id: string; sessionId: string }>(
    `SELECT s.id, s.session_id AS "sessionId" FROM slot s WHERE s.day = $1 ORDER BY s.venue_code, s.starts_at LIMIT 1`,
    [day],
  );
  const { reservationId } = await world.book(slot?.id ?? '');
  return { sessionId: slot?.sessionId ?? '', slotId: slot?.id ?? '', reservationId };
}

const closeAtOnce = (
  sessionId: string,
  { actorToken }: { actorToken: string },
  explanation = EXPLANATION,
) =>
  world.call(
    contract.closeSession,
    { sessionId, reason: 'temperature-excursion', emergency: { explanation } },
    { actorToken, ...key() },
  );
const listed = async (emergencyId: string, role: contract.Role = 'senior-operator') => {
  const { token } = await world.actor(role);
  const answer = await world.call(contract.listEmergencyClosings, {}, { actorToken: token });
  if (!answer.ok) throw new Error(answer.refusal.code);
  return answer.value.closings.find((one) => one.emergencyId === emergencyId);
};
const decide = (
  emergencyId: string,
  { actorToken }: { actorToken: string },
  decision: 'confirmed' | 'disputed' = 'confirmed',
) =>
  world.call(contract.confirmEmergencyClosing, { emergencyId, decision }, { actorToken, ...key() });
async function closedInEmergency() {
  const closer = await cityStaff();
  const session = await bookedSession();
  const closed = await closeAtOnce(session.sessionId, closer);
  if (!closed.ok) throw new Error(closed.refusal.code);
  return { ...session, closer, ...closed.value, emergencyId: closed.value.emergencyId ?? '' };
}

describe('an emergency', () => {
  it('lets one person close at once: no seat is given, everybody booked is called', async () => {
    const { sessionId, slotId, reservationId, toBeCalled, emergencyId, closer } =
      await closedInEmergency();
    expect(toBeCalled).toBe(1);
    const residentId = await world.resident();
    const booking = await world.call(
      contract.bookSlot,
      { residentId, doseNumber: 1, slotId },
      { ...(await world.serving(residentId)), ...key() },
    );
    expect(said(booking)).toBe('slot_closed');
    expect(
      await world.sql('SELECT kind, state FROM work_item WHERE reservation_id = $1', [
        reservationId,
      ]),
    ).toEqual([{ kind: 'session-closed', state: 'open' }]);
    const entries = await world.sql(
      `SELECT entry->'detail' AS detail FROM relay.audit_entry
       WHERE entry->'detail'->>'sessionId' = $1 AND entry->>'outcome' = 'done'`,
      [sessionId],
    );
    expect(entries).toMatchObject([
      { detail: { emergency: true, explanation: EXPLANATION, emergencyId } },
    ]);
    const facts = await world.sql(
      `SELECT 1 FROM relay.outbox WHERE subject LIKE '%session.closed%' AND aggregate_id = $1`,
      [sessionId],
    );
    expect(facts).toHaveLength(1);
    expect(await listed(emergencyId)).toMatchObject({
      state: 'unconfirmed',
      closedBy: closer.id,
      people: 1,
      explanation: EXPLANATION,
    });
  });

  it('asks for a fresh code and for what happened', async () => {
    const { sessionId } = await bookedSession();
    expect(said(await closeAtOnce(sessionId, await cityStaff({})))).toBe('step_up_required');
    expect(said(await closeAtOnce(sessionId, await cityStaff(), '台風'))).toBe('reason_too_short');
    const both = {
      sessionId,
      reason: 'typhoon',
      approvalId: newId(),
      emergency: { explanation: EXPLANATION },
    };
    const keyed = { actorToken: (await cityStaff()).actorToken, ...key() };
    expect(said(await world.call(contract.closeSession, both, keyed))).toBe('malformed_request');
    const [row] = await world.sql('SELECT state FROM session WHERE id = $1', [sessionId]);
    expect(row).toEqual({ state: 'open' });
  });

  it('is confirmed by a second person of the city, once, with a fresh code', async () => {
    const { emergencyId, closer } = await closedInEmergency();
    const second = await cityStaff();
    expect(said(await decide(emergencyId, closer))).toBe('emergency_closing_own');
    expect(said(await decide(emergencyId, await cityStaff({})))).toBe('step_up_required');
    for (const role of ['operations-manager', 'senior-operator', 'system-administrator'] as const) {
      const { token } = await world.actor(role, { stepUpAt: stepUpAt() });
      expect(said(await decide(emergencyId, { actorToken: token }))).toBe('not_allowed');
    }
    expect(said(await decide(newId(), second))).toBe('emergency_closing_not_found');
    expect(said(await decide(emergencyId, second))).toBe('done');
    expect(said(await decide(emergencyId, await cityStaff(), 'disputed'))).toBe(
      'emergency_closing_decided',
    );
    expect(await listed(emergencyId)).toMatchObject({ state: 'confirmed', decidedBy: second.id });
  });

  it('that is disputed stays closed until somebody opens it again', async () => {
    const { emergencyId, sessionId } = await closedInEmergency();
    expect(said(await decide(emergencyId, await cityStaff(), 'disputed'))).toBe('done');
    expect(await listed(emergencyId)).toMatchObject({ state: 'disputed' });
    const keyed = { actorToken: (await cityStaff()).actorToken, ...key() };
    const reopened = await world.call(contract.reopenSession, { sessionId }, keyed);
    expect(reopened).toMatchObject({ ok: true, value: { leftTheWorklist: 1 } });
  });

  it('that nobody confirms in time stands on the desk, however old, and can still be confirmed', async () => {
    const { emergencyId } = await closedInEmergency();
    await world.sql(
      `UPDATE emergency_closing SET closed_at = closed_at - interval '9 days', confirm_by = confirm_by - interval '9 days'
       WHERE id = $1`,
      [emergencyId],
    );
    for (const role of ['senior-operator', 'city-staff', 'operations-manager'] as const)
      expect(await listed(emergencyId, role)).toMatchObject({ state: 'overdue' });
    expect(said(await decide(emergencyId, await cityStaff()))).toBe('done');
    const late = await world.sql(
      `SELECT entry->'detail' AS detail FROM relay.audit_entry
       WHERE entry->>'action' = 'approval' AND entry->'detail'->>'emergencyId' = $1`,
      [emergencyId],
    );
    expect(late).toMatchObject([{ detail: { emergency: true, late: true } }]);
    await world.sql(
      `UPDATE emergency_closing SET decided_at = decided_at - interval '2 days' WHERE id = $1`,
      [emergencyId],
    );
    expect(await listed(emergencyId)).toBeUndefined();
  });

  it('is one for days of a venue too', async () => {
    const { sessionId } = await bookedSession();
    const [session] = await world.sql<{ venueCode: string; day: string }>(
      `SELECT venue_code AS "venueCode", day::text AS day FROM session WHERE id = $1`,
      [sessionId],
    );
    const { venueCode = '', day = '' } = session ?? {};
    const closed = await world.call(
      contract.closeVenueDays,
      {
        venueCode,
        from: day,
        to: day,
        reason: 'earthquake',
        emergency: { explanation: EXPLANATION },
      },
      { actorToken: (await cityStaff()).actorToken, ...key() },
    );
    expect(closed).toMatchObject({ ok: true, value: { toBeCalled: 1 } });
    expect(closed.ok && (await listed(closed.value.emergencyId ?? ''))).toMatchObject({
      reason: 'earthquake',
      sessions: [{ sessionId, day, venueCode }],
    });
  });
});

describe('the checker of runs', () => {
  it('finds all of it whole', async () => {
    expect(await world.checkReservations()).toMatchObject({ exitCode: 0, findings: [] });
  });
});
