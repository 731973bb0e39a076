import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReservationsWorld } from '../store/reservations-world.fixture.ts';
import { reservationsWorld } from '../store/reservations-world.fixture.ts';
import { closeDays } from './close-days.ts';

let world: ReservationsWorld;
let manager: { id: string; actorToken: string };
let other: { id: string; actorToken: string };
let dayOfTest = 1;
const administrator = async () => {
  const { id, token } = await world.actor('operations-manager');
  return { id, actorToken: token };
};
beforeAll(async () => {
  world = await reservationsWorld();
  manager = await administrator();
  other = await administrator();
});
afterAll(() => world.stop());

const key = () => ({ idempotencyKey: newId() });
const said = (answer: { ok: boolean; refusal?: { code: string } }) =>
  answer.refusal?.code ?? 'done';

/** A session of its own for each test, with so many people in its first slot. */
async function sessionWith(people: number) {
  const day = addDays(tokyoDate(new Date()), dayOfTest);
  dayOfTest += 1;
  const [session] = await world.sql<{ id: string; venueCode: string }>(
    `SELECT id, venue_code AS "venueCode" FROM session WHERE day = $1 ORDER BY venue_code LIMIT 1`,
    [day],
  );
  const { id: sessionId = '', venueCode = '' } = session ?? {};
  const slots = await world.sql<{ id: string }>(
    'SELECT id FROM slot WHERE session_id = $1 ORDER BY starts_at',
    [sessionId],
  );
  const [slotId = '', nextSlotId = ''] = slots.map(({ id }) => id);
  for (let one = 0; one < people; one += 1) await world.book(slotId);
  return { sessionId, venueCode, day, slotId, nextSlotId };
}

const closing = (sessionId: string) => ({ sessionId, reason: 'typhoon' });
const close = (
  sessionId: string,
  more: { approvalId?: string; emergency?: { explanation: string } } = {},
  by: { actorToken: string } = manager,
) =>
  world.call(
    contract.closeSession,
    { ...closing(sessionId), ...more },
    { actorToken: by.actorToken, ...key() },
  );
const agreedClosing = (sessionId: string) =>
  world.agreed({ kind: 'close-session', ...closing(sessionId) }, manager);
const change = (approvalId: string, columns: string) =>
  world.sql(`UPDATE approval_copy SET ${columns} WHERE approval_id = $1`, [approvalId]);
const stateOf = async (sessionId: string) => {
  const [row] = await world.sql<{ state: string; version: number }>(
    'SELECT state, version FROM session WHERE id = $1',
    [sessionId],
  );
  return row;
};
const entriesOf = (sessionId: string) =>
  world.sql<{ action: string; outcome: string; detail: Record<string, unknown> }>(
    `SELECT entry->>'action' AS action, entry->>'outcome' AS outcome, entry->'detail' AS detail
     FROM relay.audit_entry WHERE entry->'detail'->>'sessionId' = $1 ORDER BY position`,
    [sessionId],
  );

describe('a session without bookings', () => {
  it('is closed by one person', async () => {
    const { sessionId } = await sessionWith(0);
    expect(await close(sessionId)).toMatchObject({ ok: true, value: { toBeCalled: 0 } });
  });

  it('is closed by one person in an emergency too, with nothing to confirm', async () => {
    const { sessionId } = await sessionWith(0);
    const { token } = await world.actor('city-staff', { stepUpAt: Math.floor(Date.now() / 1000) });
    const emergency = { explanation: '台風の接近により会場が閉鎖された' };
    const closed = await close(sessionId, { emergency }, { actorToken: token });
    expect(closed).toEqual({ ok: true, value: { sessions: 1, toBeCalled: 0, holdsEnded: 0 } });
  });
});

describe('a session with bookings', () => {
  it('needs a second person, and says for how many', async () => {
    const { sessionId } = await sessionWith(2);
    expect(await close(sessionId)).toEqual({
      ok: false,
      refusal: { code: 'session_change_needs_approval', details: { people: 2 } },
    });
    expect(await stateOf(sessionId)).toMatchObject({ state: 'open' });
    const approvalId = await agreedClosing(sessionId);
    expect(await close(sessionId, { approvalId })).toMatchObject({
      ok: true,
      value: { toBeCalled: 2 },
    });
    expect(await entriesOf(sessionId)).toMatchObject([
      { action: 'refusal', outcome: 'refused', detail: { code: 'session_change_needs_approval' } },
      {
        action: 'administration',
        outcome: 'done',
        detail: { approvalId, approvedBy: 'second-person', peopleThen: 2, toBeCalled: 2 },
      },
    ]);
  });

  it('is closed on a yes to exactly this, by who asked, while it is good, and by nothing less', async () => {
    const { sessionId } = await sessionWith(1);
    const elsewhere = await sessionWith(1);
    const approvalId = await agreedClosing(sessionId);
    expect(said(await close(elsewhere.sessionId, { approvalId }))).toBe(
      'approval_for_something_else',
    );
    const ofNothing = await agreedClosing(sessionId);
    for (const selection of ['session-change/', 'session-change/x', `session-change/${newId()}`]) {
      await change(ofNothing, `selection = '${selection}'`);
      const asked = await close(sessionId, { approvalId: ofNothing });
      expect([selection, said(asked)]).toEqual([selection, 'approval_for_something_else']);
    }
    const request = { ...closing(sessionId), reason: 'other-reason', approvalId };
    expect(
      said(
        await world.call(contract.closeSession, request, {
          actorToken: manager.actorToken,
          ...key(),
        }),
      ),
    ).toBe('approval_for_something_else');
    expect(said(await close(sessionId, { approvalId }, other))).toBe('approval_for_something_else');
    expect(said(await close(sessionId, { approvalId: newId() }))).toBe('approval_not_here_yet');
    await change(approvalId, `decided_by = requested_by`);
    expect(said(await close(sessionId, { approvalId }))).toBe('approval_own_request');
    await change(approvalId, `decided_by = 'second-person', decision = 'rejected'`);
    expect(said(await close(sessionId, { approvalId }))).toBe('approval_rejected');
    await change(approvalId, `decision = 'approved', expires_at = now()`);
    expect(said(await close(sessionId, { approvalId }))).toBe('approval_expired');
    await change(approvalId, `expires_at = now() + interval '1 minute'`);
    expect(await stateOf(sessionId)).toMatchObject({ state: 'open', version: 1 });
    // Nobody who was refused has used it up.
    expect(said(await close(sessionId, { approvalId }))).toBe('done');
  });

  it('is closed by an approval once: opened again, it has to be asked for again', async () => {
    const { sessionId } = await sessionWith(1);
    const approvalId = await agreedClosing(sessionId);
    expect(said(await close(sessionId, { approvalId }))).toBe('done');
    const keyed = { actorToken: manager.actorToken, ...key() };
    await world.call(contract.reopenSession, { sessionId }, keyed);
    expect(said(await close(sessionId, { approvalId }))).toBe('approval_used');
  });

  it('may have more of them by then: the yes holds, the numbers are seen', async () => {
    const { sessionId, nextSlotId } = await sessionWith(1);
    const approvalId = await agreedClosing(sessionId);
    await world.book(nextSlotId);
    const [row] = await world.sql<{ id: string }>(
      `SELECT id FROM session_change WHERE change->>'sessionId' = $1`,
      [sessionId],
    );
    const shown = await world.call(
      contract.showSessionChange,
      { changeId: row?.id ?? '' },
      { actorToken: (await world.actor('city-staff')).token },
    );
    if (!shown.ok) throw new Error(shown.refusal.code);
    const { people, seats, state } = shown.value.change;
    expect({ state, people }).toMatchObject({ state: 'proposed', people: { proposed: 1, now: 2 } });
    expect(people.most).toBe(seats.from);
    expect(JSON.stringify(shown.value)).not.toContain('residentId');
    expect(await close(sessionId, { approvalId })).toMatchObject({
      ok: true,
      value: { toBeCalled: 2 },
    });
  });

  it('that was changed after the yes is left alone', async () => {
    const { sessionId } = await sessionWith(1);
    const approvalId = await agreedClosing(sessionId);
    const cut = { sessionId, capacity: 5, choice: 'refuse' as const, reason: 'short-of-staff' };
    const keyed = { actorToken: other.actorToken, ...key() };
    expect(said(await world.call(contract.changeCapacity, cut, keyed))).toBe('done');
    expect(said(await close(sessionId, { approvalId }))).toBe('session_changed_meanwhile');
    expect(await stateOf(sessionId)).toMatchObject({ state: 'open', version: 2 });
  });

  it('is closed once, however many have a yes to it', async () => {
    const { sessionId } = await sessionWith(1);
    const yes = await Promise.all([1, 2, 3].map(() => agreedClosing(sessionId)));
    const answers = await Promise.all(yes.map((approvalId) => close(sessionId, { approvalId })));
    expect(answers.map(said).toSorted()).toEqual([
      'done',
      'session_already_closed',
      'session_already_closed',
    ]);
    const used = await world.sql(
      'SELECT 1 FROM approval_copy WHERE approval_id = ANY($1) AND used_at IS NOT NULL',
      [yes],
    );
    expect(used).toHaveLength(1);
  });
});

describe('days of a venue', () => {
  it('are closed on a yes to these days with these sessions', async () => {
    const { sessionId, venueCode, day } = await sessionWith(1);
    const days = { venueCode, from: day, to: addDays(day, 1), reason: 'typhoon' };
    const closeDays = (more: object) =>
      world.call(
        contract.closeVenueDays,
        { ...days, ...more },
        { actorToken: manager.actorToken, ...key() },
      );
    expect(said(await closeDays({}))).toBe('session_change_needs_approval');
    const approvalId = await world.agreed({ kind: 'close-venue-days', ...days }, manager);
    expect(said(await closeDays({ approvalId, to: day }))).toBe('approval_for_something_else');
    // One of them is closed by somebody else meanwhile, which nobody is hit by.
    await world.sql(
      `UPDATE session SET state = 'closed', reason = 'flooded', version = version + 1 WHERE venue_code = $1 AND day = $2`,
      [venueCode, addDays(day, 1)],
    );
    expect(said(await closeDays({ approvalId }))).toBe('session_changed_meanwhile');
    expect(await stateOf(sessionId)).toMatchObject({ state: 'open' });
    const again = await world.agreed({ kind: 'close-venue-days', ...days }, manager);
    expect(await closeDays({ approvalId: again })).toMatchObject({
      ok: true,
      value: { sessions: 1, toBeCalled: 1 },
    });
    dayOfTest += 1;
  });

  it('that became a closing day of the venue later are closed by two people too', async () => {
    const { sessionId, venueCode, day } = await sessionWith(1);
    await world.sql('UPDATE venue SET closed_days = closed_days || $2::date WHERE code = $1', [
      venueCode,
      day,
    ]);
    expect(said(await close(sessionId))).toBe('session_change_needs_approval');
    const approvalId = await agreedClosing(sessionId);
    expect(said(await close(sessionId, { approvalId }))).toBe('done');
    await world.sql(`UPDATE venue SET closed_days = '{}' WHERE code = $1`, [venueCode]);
  });
});

describe('the administrator’s command line', () => {
  it('is no way around the second person', async () => {
    const { venueCode, day } = await sessionWith(1);
    const days = { venueCode, from: day, to: day, reason: 'typhoon' };
    const { database } = world.runtime;
    const who = {
      municipalityCode: '131237',
      actorId: 'administrator',
      role: 'system-administrator' as const,
      correlationId: newId(),
    };
    const by = { id: who.actorId, atCommandLine: true, steppedUp: false };
    const closeBy = (word: { approvalId?: string; emergency?: { explanation: string } }) =>
      database.transaction(who, (tx) =>
        closeDays(tx, days, { ...word, by, confirmHours: 24, now: new Date() }),
      );
    expect(said(await closeBy({}))).toBe('session_change_needs_approval');
    expect(said(await closeBy({ emergency: { explanation: '台風' } }))).toBe('reason_too_short');
    const approvalId = await world.agreed({ kind: 'close-venue-days', ...days }, manager);
    expect(await closeBy({ approvalId })).toMatchObject({ ok: true, value: { toBeCalled: 1 } });
    const [session] = await world.sql<{ id: string }>(
      'SELECT id FROM session WHERE venue_code = $1 AND day = $2',
      [venueCode, day],
    );
    const keyed = { actorToken: manager.actorToken, ...key() };
    await world.call(contract.reopenSession, { sessionId: session?.id ?? '' }, keyed);
    const emergency = { explanation: '台風の接近により会場が閉鎖された' };
    const closed = await closeBy({ emergency });
    expect(closed).toMatchObject({ ok: true, value: { toBeCalled: 1 } });
    const [row] = await world.sql('SELECT closed_by, decision FROM emergency_closing');
    expect(row).toEqual({ closed_by: 'administrator', decision: null });
  });
});

describe('the checker of runs', () => {
  it('finds all of it whole', async () => {
    expect(await world.checkReservations()).toMatchObject({ exitCode: 0, findings: [] });
  });
});
