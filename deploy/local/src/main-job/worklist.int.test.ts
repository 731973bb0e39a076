import { calls } from '@madoguchi/calls/service';
import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import { firstCallingTime } from '@madoguchi/reservations/domain/offer-time';
import type { ReservationsWorld } from '@madoguchi/reservations/store/reservations-world.fixture';
import { reservationsWorld } from '@madoguchi/reservations/store/reservations-world.fixture';
import { waitlistSetting } from '@madoguchi/reservations/store/waiting-store';
import { insertWorkItem } from '@madoguchi/reservations/store/work-item-store';
import { releaseAbandoned } from '@madoguchi/reservations/release-work-items/release-abandoned';
import { eventually } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let world: ReservationsWorld;
let late = 0;
const now = () => new Date(Date.now() + late);
const tomorrow = addDays(tokyoDate(new Date()), 1);

beforeAll(async () => {
  world = await reservationsWorld({ clock: { now }, beside: [calls] });
});
afterAll(() => world.stop());

const codeOf = (answer: { ok: boolean; refusal?: { code: string } }) => answer.refusal?.code;
const key = () => ({ idempotencyKey: newId() });

/** Somebody with a booking who has to be called about it. */
async function toBeCalled(kind: contract.WorkItemKind = 'rules-changed', refer = false) {
  const [slotId = ''] = await world.freeSlots(tomorrow, 1);
  const { residentId, reservationId } = await world.book(slotId, await world.resident());
  if (refer)
    await world.sql('UPDATE resident_copy SET refer = true WHERE resident_id = $1', [residentId]);
  const item = { kind, residentId, reservationId, slotId, dueAt: now() };
  const who = {
    municipalityCode: '131237',
    actorId: 'test',
    role: 'service' as const,
    correlationId: newId(),
  };
  await world.runtime.database.transaction(who, (tx) => insertWorkItem(tx, item, now()));
  const [row] = await world.sql<{ id: string }>(
    'SELECT id FROM work_item WHERE reservation_id = $1',
    [reservationId],
  );
  return { itemId: row?.id ?? '', residentId, reservationId, slotId };
}
const take = (actorToken: string, itemId: string) =>
  world.call(contract.takeWorkItem, { itemId }, { actorToken });
const caseOf = async (actorToken: string, caseId: string) => {
  const answer = await world.call(contract.getCase, { caseId }, { actorToken });
  return answer.ok ? answer.value : undefined;
};
async function taken(kind?: contract.WorkItemKind, role: contract.Role = 'operator') {
  const matter = await toBeCalled(kind);
  const operator = await world.actor(role);
  const answer = await take(operator.token, matter.itemId);
  if (!answer.ok) throw new Error(answer.refusal.code);
  const { caseId } = answer.value;
  const { permit = '' } = (await caseOf(operator.token, caseId)) ?? {};
  const grant = await world.grant({
    operatorId: operator.id,
    role,
    residents: [matter.residentId],
    purposes: ['outreach'],
    caseId,
  });
  return { ...matter, caseId, actorToken: operator.token, permit, grant };
}
const finish = (
  { itemId, actorToken, permit }: { itemId: string; actorToken: string; permit: string },
  outcome: contract.WorkItemOutcome,
) => world.call(contract.finishWorkItem, { itemId, outcome }, { actorToken, permit });

describe('an item of the worklist', () => {
  it('tells nothing of a person until it is taken, and opens a case about them only', async () => {
    const { itemId, residentId } = await toBeCalled();
    const operator = await world.actor('operator');
    const listed = await world.call(contract.listWorkItems, {}, { actorToken: operator.token });
    expect(JSON.stringify(listed)).toContain(itemId);
    expect(JSON.stringify(listed)).not.toContain(residentId);
    const answer = await take(operator.token, itemId);
    if (!answer.ok) throw new Error(answer.refusal.code);
    expect(answer.value).toMatchObject({ residentId });
    const view = await caseOf(operator.token, answer.value.caseId);
    expect(view?.case).toMatchObject({ kind: 'work-item', state: 'open', workItemId: itemId });
    const claims = JSON.parse(
      Buffer.from(view?.permit?.split('.')[1] ?? '', 'base64url').toString(),
    ) as contract.CasePermitClaims;
    expect(claims).toMatchObject({ kind: 'work-item', residents: [residentId], atDesk: false });
  });

  it('is one operator’s of many who reach for it at once', async () => {
    const { itemId } = await toBeCalled();
    const operators = await Promise.all(Array.from({ length: 8 }, () => world.actor('operator')));
    const answers = await Promise.all(operators.map(({ token }) => take(token, itemId)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.map(codeOf).filter((code) => code === 'work_item_taken')).toHaveLength(7);
  });

  it('taken again by the same operator is the same case', async () => {
    const { itemId } = await toBeCalled();
    const { token } = await world.actor('operator');
    const first = await take(token, itemId);
    expect(first.ok).toBe(true);
    expect(await take(token, itemId)).toEqual(first);
  });

  it('whose taking broke off before its case was opened is taken up under the same case', async () => {
    const { itemId } = await toBeCalled();
    const { id, token } = await world.actor('operator');
    const caseId = newId();
    await world.sql(
      `UPDATE work_item SET state = 'taken', taken_by = $2, taken_at = now(), case_id = $3 WHERE id = $1`,
      [itemId, id, caseId],
    );
    expect(await take(token, itemId)).toMatchObject({ ok: true, value: { caseId } });
    expect((await caseOf(token, caseId))?.case).toMatchObject({ workItemId: itemId });
  });

  it('of a protected person is seen and taken at the supervisor desk only', async () => {
    const { itemId } = await toBeCalled('rules-changed', true);
    const operator = await world.actor('operator');
    const desk = await world.actor('senior-operator');
    const seenBy = async (actorToken: string) => {
      const answer = await world.call(contract.listWorkItems, { limit: 100 }, { actorToken });
      return answer.ok && answer.value.items.some((item) => item.itemId === itemId);
    };
    expect([await seenBy(operator.token), await seenBy(desk.token)]).toEqual([false, true]);
    expect(codeOf(await take(operator.token, itemId))).toBe('work_item_not_found');
    const answer = await take(desk.token, itemId);
    if (!answer.ok) throw new Error(answer.refusal.code);
    expect((await caseOf(desk.token, answer.value.caseId))?.case?.state).toBe('referred');
  });

  it('goes back when its case is closed without an outcome', async () => {
    const { itemId, caseId, actorToken } = await taken();
    await world.call(
      contract.closeCase,
      { caseId, afterCallCode: 'called-back-later' },
      { actorToken },
    );
    await eventually('the item is open again', async () => {
      const [row] = await world.sql<{ state: string }>(
        'SELECT state FROM work_item WHERE id = $1',
        [itemId],
      );
      return row?.state === 'open';
    });
  });

  it('left lying goes back, and its case ends', async () => {
    const { itemId, caseId, actorToken, permit } = await taken();
    late += 61 * 60_000;
    await releaseAbandoned(world.runtime)();
    const other = await world.actor('operator');
    expect((await take(other.token, itemId)).ok).toBe(true);
    late = 0;
    await eventually('the case has ended', async () => !(await caseOf(actorToken, caseId))?.case);
    expect(codeOf(await finish({ itemId, actorToken, permit }, 'kept'))).toBeDefined();
  });
});

describe('without calls', () => {
  it('nothing is taken, and the item stays on the list', async () => {
    const alone = await reservationsWorld();
    try {
      const itemId = newId();
      await alone.sql(
        `INSERT INTO work_item (id, kind, dedupe_key, resident_id, due_at, not_before, created_at)
         VALUES ($1, 'callback', 'callback/x', $2, now(), now(), now())`,
        [itemId, await alone.resident()],
      );
      const { token } = await alone.actor('operator');
      const answer = await alone.call(contract.takeWorkItem, { itemId }, { actorToken: token });
      expect(codeOf(answer)).toBe('dependency_unavailable');
      expect(await alone.sql('SELECT state FROM work_item WHERE id = $1', [itemId])).toEqual([
        { state: 'open' },
      ]);
    } finally {
      await alone.stop();
    }
  });
});

describe('an outcome', () => {
  it('has to be true of the booking', async () => {
    const mine = await taken();
    expect(codeOf(await finish(mine, 'moved'))).toBe('work_item_outcome_untrue');
    expect(codeOf(await finish(mine, 'cancelled'))).toBe('work_item_outcome_untrue');
    expect(codeOf(await finish(mine, 'booked'))).toBe('work_item_outcome_untrue');
    const { residentId, reservationId } = mine;
    const found = await world.call(
      contract.suggestAlternatives,
      { residentId, reservationId },
      mine,
    );
    if (!found.ok) throw new Error(found.refusal.code);
    const slotId = found.value.sameVenue[0]?.slotId ?? '';
    const moved = await world.call(
      contract.changeReservation,
      { residentId, reservationId, slotId },
      { ...mine, ...key() },
    );
    expect(moved).toMatchObject({ ok: true });
    expect(await finish(mine, 'moved')).toMatchObject({ ok: true, value: { state: 'done' } });
    expect(await finish(mine, 'moved')).toMatchObject({ ok: true, value: { state: 'done' } });
    expect(codeOf(await finish(mine, 'cancelled'))).toBe('work_item_outcome_untrue');
  });

  it('is entered in the case of the item only', async () => {
    const mine = await taken();
    const others = await taken();
    const answer = await finish({ ...others, itemId: mine.itemId }, 'kept');
    expect(codeOf(answer)).toBe('work_item_not_found');
    expect(await finish(mine, 'kept')).toMatchObject({ ok: true, value: { state: 'done' } });
  });

  it('of nobody reached brings the item back later, and at last to the desk', async () => {
    const { itemId } = await toBeCalled();
    const setting = await waitlistSetting(world.runtime.database.read);
    for (let tries = 1; tries <= 5; tries += 1) {
      const { token } = await world.actor('operator');
      const answer = await take(token, itemId);
      if (!answer.ok) throw new Error(answer.refusal.code);
      const { permit = '' } = (await caseOf(token, answer.value.caseId)) ?? {};
      const ended = await finish({ itemId, actorToken: token, permit }, 'unreachable');
      if (!ended.ok || ended.value.notBefore === undefined) throw new Error('not put off');
      expect(ended.value.state).toBe('open');
      const next = new Date(ended.value.notBefore);
      expect(firstCallingTime(next, setting)).toEqual(next);
      expect(codeOf(await take(token, itemId))).toBe(
        tries < 5 ? 'work_item_too_early' : 'work_item_not_found',
      );
      late = next.getTime() - Date.now() + 1_000;
    }
    late = 0;
    const [row] = await world.sql('SELECT tries, desk_only FROM work_item WHERE id = $1', [itemId]);
    expect(row).toEqual({ tries: 5, desk_only: true });
  });
});
