import * as contract from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import { eventually } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expireHolds } from '../expire-holds/expire-holds.ts';
import { offerFreedSeats } from './offer-freed-seats.ts';
import type { WaitlistWorld } from './waitlist-world.fixture.ts';
import { waitlistWorld } from './waitlist-world.fixture.ts';

let world: WaitlistWorld;
beforeAll(async () => {
  world = await waitlistWorld();
});
afterAll(() => world.stop());

const tryToBook = async (slotId: string) => {
  const residentId = await world.resident();
  return world.ask(contract.bookSlot, residentId, { doseNumber: 1, slotId });
};

describe('a freed seat', () => {
  it('goes to the head of the list, and to nobody who books in between', async () => {
    const slot = await world.slotOf(1);
    const booked = await world.book(slot.id);
    const first = await world.join(slot);
    const second = await world.join(slot);
    await world.cancel(booked);
    expect(await tryToBook(slot.id)).toMatchObject({ refusal: { code: 'slot_full' } });
    const offer = await world.offered(first.entryId);
    expect(offer.slotId).toBe(slot.id);
    expect(await tryToBook(slot.id)).toMatchObject({ refusal: { code: 'slot_full' } });
    expect(await world.counts(slot.id)).toEqual({ booked: 0, held: 1, phone: 1, web: 0 });
    expect(await world.offerTo(second.entryId)).toBeUndefined();

    const listed = await world.ask(contract.listWaiting, first.residentId, {});
    expect(listed).toMatchObject({
      value: {
        entries: [
          {
            state: 'offered',
            ticketNumber: first.ticketNumber,
            offer: { offerId: offer.id, slot: { slotId: slot.id } },
          },
        ],
      },
    });
    const taken = await world.ask(contract.acceptOffer, first.residentId, { offerId: offer.id });
    expect(taken).toMatchObject({ ok: true, value: { slot: { slotId: slot.id } } });
    expect(await world.counts(slot.id)).toEqual({ booked: 1, held: 0, phone: 1, web: 0 });
    expect(await world.stateOf(first.entryId)).toMatchObject({ state: 'booked' });
    expect(await world.stateOf(second.entryId)).toMatchObject({ state: 'waiting' });
    expect(await world.events(first.entryId)).toEqual(['offered', 'accepted']);
    expect(
      await world.ask(contract.acceptOffer, first.residentId, { offerId: offer.id }),
    ).toMatchObject({ refusal: { code: 'offer_ended' } });
  });

  it('comes from a change, a hold given back and a hold whose time ran out too', async () => {
    const slot = await world.slotOf(1);
    const elsewhere = await world.slotOf(1);
    const booked = await world.book(slot.id);
    const waiting = [await world.join(slot), await world.join(slot), await world.join(slot)];
    const moved = await world.ask(contract.changeReservation, booked.residentId, {
      reservationId: booked.reservationId,
      slotId: elsewhere.id,
    });
    expect(moved).toMatchObject({ ok: true });
    const offer = await world.offered(waiting[0]?.entryId ?? '');

    await world.sql(`UPDATE slot SET capacity = 3, phone_quota = 3 WHERE id = $1`, [slot.id]);
    const holder = await world.resident();
    const me = { ...(await world.serving(holder)), idempotencyKey: newId() };
    const hold = { residentId: holder, slotId: slot.id, doseNumber: 1 };
    const held = await world.call(contract.holdSlot, hold, me);
    if (!held.ok) throw new Error(held.refusal.code);
    const { holdId } = held.value;
    await world.call(contract.releaseHold, { residentId: holder, holdId }, me);
    await world.offered(waiting[1]?.entryId ?? '');

    await world.call(contract.holdSlot, hold, { ...me, idempotencyKey: newId() });
    await world.sql(`UPDATE hold SET expires_at = now() WHERE resident_id = $1`, [holder]);
    await expireHolds(world.runtime)();
    await world.offered(waiting[2]?.entryId ?? '');
    expect(await world.offerTo(waiting[0]?.entryId ?? '')).toEqual(offer);
    expect(await world.counts(slot.id)).toEqual({ booked: 0, held: 3, phone: 3, web: 0 });
  });

  it('is open to all where nobody waits for it, or nobody who waits may have it', async () => {
    const slot = await world.slotOf(1);
    const booked = await world.book(slot.id);
    const child = await world.resident();
    await world.sql(
      `UPDATE resident_copy SET date_of_birth = '1950-01-01' WHERE resident_id = $1`,
      [child],
    );
    const waiting = await world.join(slot, { residentId: child });
    await world.sql(
      `UPDATE resident_copy SET date_of_birth = current_date - 3650 WHERE resident_id = $1`,
      [child],
    );
    const full = await world.slotOf(1);
    await world.book(full.id);
    const later = await world.join(full);
    await world.cancel(booked);
    await world.settled();
    expect(await world.counts(slot.id)).toEqual({ booked: 0, held: 0, phone: 0, web: 0 });
    expect(await tryToBook(slot.id)).toMatchObject({ ok: true });
    expect(await world.stateOf(waiting.entryId)).toMatchObject({ state: 'waiting' });
    expect(await world.offerTo(later.entryId)).toBeUndefined();
    const listed = await world.ask(contract.listWaiting, child, {});
    expect(listed).toMatchObject({
      value: { entries: [{ passedOver: [{ code: 'age_not_eligible', times: 1 }] }] },
    });
  });

  it('goes past whom the rules refuse, who keep their place', async () => {
    const slot = await world.slotOf(1);
    const booked = await world.book(slot.id);
    const leaves = await world.join(slot);
    const next = await world.join(slot);
    const residency = `[{"from":"1960-01-01","to":"${slot.day}"}]`;
    await world.sql(`UPDATE resident_copy SET residency = $2::jsonb WHERE resident_id = $1`, [
      leaves.residentId,
      residency,
    ]);
    await world.cancel(booked);
    await world.offered(next.entryId);
    expect(await world.stateOf(leaves.entryId)).toMatchObject({ state: 'waiting' });
    const passes = await world.sql('SELECT code FROM waitlist_pass WHERE entry_id = $1', [
      leaves.entryId,
    ]);
    expect(passes).toEqual([{ code: 'not_resident_on_day' }]);
  });

  it('comes of a session that grows, and of one that opens again', async () => {
    const slot = await world.slotOf(1);
    const [row] = await world.sql<{ id: string }>(
      `SELECT session_id AS id FROM slot WHERE id = $1`,
      [slot.id],
    );
    const sessionId = row?.id ?? '';
    await world.book(slot.id);
    const first = await world.join(slot);
    const second = await world.join(slot);
    const { token: actorToken } = await world.actor('operations-manager');
    const as = () => ({ actorToken, idempotencyKey: newId() });
    const grown = await world.call(
      contract.changeCapacity,
      { sessionId, capacity: 6, choice: 'refuse', reason: 'more-staff', timeFrom: slot.startsAt },
      as(),
    );
    expect(grown).toMatchObject({ ok: true });
    const seen = await world.counts(slot.id);
    await world.offered(first.entryId);
    await world.offered(second.entryId);
    // Kept in the transaction that added it.
    expect(seen?.['held']).toBeGreaterThan(0);
    const closing = { sessionId, reason: 'venue-flooded' };
    const approvalId = await world.agreed({ kind: 'close-session', ...closing }, { actorToken });
    expect(await world.call(contract.closeSession, { ...closing, approvalId }, as())).toMatchObject(
      { ok: true },
    );
    await eventually(
      'the offers to be withdrawn',
      async () => !(await world.offerTo(first.entryId)) && !(await world.offerTo(second.entryId)),
    );
    await world.settled();
    const third = await world.join(slot);
    expect(await world.call(contract.reopenSession, { sessionId }, as())).toMatchObject({
      ok: true,
    });
    await world.offered(third.entryId);
    // Nobody is asked twice about a slot.
    expect(await world.stateOf(second.entryId)).toMatchObject({ state: 'waiting' });
  });

  it('that other promises set free goes to who waits there', async () => {
    const slot = await world.slotOf(2, 1);
    const [row] = await world.sql<{ id: string }>(
      `SELECT session_id AS id FROM slot WHERE id = $1`,
      [slot.id],
    );
    await world.book(slot.id);
    const waiting = await world.join(slot);
    await world.settled();
    expect(await world.offerTo(waiting.entryId)).toBeUndefined();
    const planned = await world.call(
      contract.planQuotas,
      {
        sessionId: row?.id ?? '',
        at: world.clock.now().toISOString(),
        quotas: { phone: 6, web: 0, staff: 0, 'walk-in': 0 },
      },
      { actorToken: (await world.actor('city-staff')).token, idempotencyKey: newId() },
    );
    expect(planned).toMatchObject({ ok: true });
    await world.offered(waiting.entryId);
    expect(await world.counts(slot.id)).toEqual({ booked: 1, held: 1, phone: 2, web: 0 });
  });

  it('stays kept while nobody can be judged, since copies are stale', async () => {
    const slot = await world.slotOf(1);
    const booked = await world.book(slot.id);
    const waiting = await world.join(slot);
    await world.cancel(booked);
    const offer = await world.offered(waiting.entryId);
    await world.sql(
      `INSERT INTO feed (owner, told_at) VALUES ('registry', now() - interval '5 minutes')`,
    );
    const next = await world.join(slot);
    await world.ask(contract.declineOffer, waiting.residentId, { offerId: offer.id, stay: false });
    await offerFreedSeats(world.runtime)();
    await offerFreedSeats(world.runtime)();
    const kept = await world.sql('SELECT 1 FROM kept_seat WHERE slot_id = $1', [slot.id]);
    const { held } = (await world.counts(slot.id)) ?? {};
    await world.sql(`DELETE FROM feed`);
    expect({ kept: kept.length, held }).toEqual({ kept: 1, held: 1 });
    await world.offered(next.entryId);
  });

  it('that nobody can be given holds up no other', async () => {
    const [bad, good] = [await world.slotOf(1), await world.slotOf(1)];
    const [first, second] = [await world.book(bad.id), await world.book(good.id)];
    const [waitsInVain, waits] = [await world.join(bad), await world.join(good)];
    // A rule of the database that the service knows nothing of, for one slot only.
    await world.sql(
      `ALTER TABLE waitlist_offer ADD CONSTRAINT planted CHECK (slot_id <> '${bad.id}')`,
    );
    await world.cancel(first);
    await world.cancel(second);
    await world.offered(waits.entryId);
    expect(await world.offerTo(waitsInVain.entryId)).toBeUndefined();
    await world.sql('ALTER TABLE waitlist_offer DROP CONSTRAINT planted');
    await world.offered(waitsInVain.entryId);
  });

  it('keeps to what channels were promised', async () => {
    const slot = await world.slotOf(2, 1);
    await world.book(slot.id);
    // The seat of the web, booked there.
    const onTheWeb = await world.resident();
    await world.sql(
      `INSERT INTO reservation (id, municipality_code, resident_id, programme_code, dose_number, slot_id, state,
         channel, confirmation_number, booked_by, booked_at)
       VALUES ($1, '131237', $2, 'autumn', 1, $3, 'booked', 'web', $4, 'test', now())`,
      [newId(), onTheWeb, slot.id, newId()],
    );
    await world.sql(`UPDATE slot SET booked = 2, web_taken = 1 WHERE id = $1`, [slot.id]);
    const caller = await world.join(slot);
    const visitor = await world.join(slot, { reach: 'web' });
    await world.sql(`UPDATE waiting_entry SET channel = 'web' WHERE id = $1`, [visitor.entryId]);
    const [row] = await world.sql<{ id: string }>(
      `SELECT id FROM reservation WHERE resident_id = $1`,
      [onTheWeb],
    );
    await world.cancel({ residentId: onTheWeb, reservationId: row?.id ?? '' });
    await world.offered(visitor.entryId);
    expect(await world.counts(slot.id)).toEqual({ booked: 1, held: 1, phone: 1, web: 1 });
    const passes = await world.sql('SELECT code FROM waitlist_pass WHERE entry_id = $1', [
      caller.entryId,
    ]);
    expect(passes).toEqual([{ code: 'channel_quota_reached' }]);
  });

  it('is not one that is taken again in the same breath', async () => {
    const slot = await world.slotOf(1);
    const residentId = await world.resident();
    const me = await world.serving(residentId);
    const hold = () =>
      world.call(
        contract.holdSlot,
        { residentId, slotId: slot.id, doseNumber: 1 },
        { ...me, idempotencyKey: newId() },
      );
    const held = await hold();
    const waiting = await world.join(slot);
    const again = await hold();
    expect([held, again]).toMatchObject([{ ok: true }, { ok: true }]);
    if (!again.ok) throw new Error(again.refusal.code);
    const booked = await world.ask(contract.bookSlot, residentId, {
      doseNumber: 1,
      slotId: slot.id,
    });
    expect(booked).toMatchObject({ refusal: { code: 'slot_full' } });
    const { holdId } = again.value;
    const mine = await world.call(
      contract.bookSlot,
      { residentId, doseNumber: 1, holdId },
      { ...me, idempotencyKey: newId() },
    );
    if (!mine.ok) throw new Error(mine.refusal.code);
    const same = { reservationId: mine.value.reservationId, slotId: slot.id };
    expect(await world.ask(contract.changeReservation, residentId, same)).toMatchObject({
      ok: true,
    });
    expect(await world.counts(slot.id)).toEqual({ booked: 1, held: 0, phone: 1, web: 0 });
    expect(await world.offerTo(waiting.entryId)).toBeUndefined();
  });
});

describe('who can only be telephoned', () => {
  it('becomes somebody to be called, with a number to be read out, until the offer ends', async () => {
    const slot = await world.slotOf(1);
    const booked = await world.book(slot.id);
    const waiting = await world.join(slot);
    expect(waiting.ticketNumber).toMatch(/^\d{3}-\d{4}$/);
    expect((await world.join(slot, { reach: 'web' })).ticketNumber).toBeNull();
    await world.cancel(booked);
    const offer = await world.offered(waiting.entryId);
    const items = () =>
      world.sql(
        `SELECT kind, state, outcome, slot_id, due_at FROM work_item WHERE resident_id = $1`,
        [waiting.residentId],
      );
    expect(await items()).toEqual([
      {
        kind: 'waitlist-offer',
        state: 'open',
        outcome: null,
        slot_id: slot.id,
        due_at: offer.expiresAt,
      },
    ]);
    await world.ask(contract.declineOffer, waiting.residentId, { offerId: offer.id, stay: false });
    expect(await items()).toMatchObject([{ state: 'done', outcome: 'declined' }]);
  });

  it('is nobody to be called who is reached on the web', async () => {
    const slot = await world.slotOf(1);
    const booked = await world.book(slot.id);
    const waiting = await world.join(slot, { reach: 'web' });
    await world.cancel(booked);
    await world.offered(waiting.entryId);
    const items = await world.sql('SELECT 1 FROM work_item WHERE resident_id = $1', [
      waiting.residentId,
    ]);
    expect(items).toEqual([]);
  });
});

describe('a case', () => {
  it('does not end the seat of an offer, nor books it as a hold', async () => {
    const slot = await world.slotOf(1);
    const booked = await world.book(slot.id);
    const { entryId, residentId } = await world.join(slot);
    await world.cancel(booked);
    await world.offered(entryId);
    const [hold] = await world.sql<{ id: string; case_id: string }>(
      'SELECT id, case_id FROM hold WHERE resident_id = $1',
      [residentId],
    );
    const asHold = { doseNumber: 1, holdId: hold?.id };
    expect(await world.ask(contract.bookSlot, residentId, asHold)).toMatchObject({
      refusal: { code: 'hold_not_found' },
    });
    // Another hold of theirs stands beside it.
    const other = await world.slotOf(1);
    const held = { slotId: other.id, doseNumber: 1 };
    expect(await world.ask(contract.holdSlot, residentId, held)).toMatchObject({ ok: true });
    expect(await world.offerTo(entryId)).toBeDefined();
    await eventually('both seats to be kept', async () => {
      const rows = await world.sql('SELECT 1 FROM hold WHERE resident_id = $1', [residentId]);
      return rows.length === 2;
    });
  });
});

describe('the checker of runs', () => {
  it('finds all of it whole', async () => {
    expect(await world.checkReservations()).toMatchObject({ exitCode: 0, findings: [] });
  });
});
