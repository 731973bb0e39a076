import * as contract from '@madoguchi/contracts';
import { eventually } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WaitlistWorld } from '../offer-freed-seats/waitlist-world.fixture.ts';
import { waitlistWorld } from '../offer-freed-seats/waitlist-world.fixture.ts';
import { BORN_TOO_LATE } from '../store/reservations-world.fixture.ts';
import { seekFreeSeats } from './seek-free-seats.ts';

let world: WaitlistWorld;
beforeAll(async () => {
  world = await waitlistWorld();
});
afterAll(() => world.stop());

const FULL = { booked: 0, held: 1, phone: 1, web: 0 };

describe('a seat that is free when somebody joins the list', () => {
  it('is kept for them at once, and booked while they are on the line', async () => {
    const slot = await world.slotOf(1);
    const { residentId, offer, entryId } = await world.join(slot);
    expect(offer).toMatchObject({ slot: { slotId: slot.id, date: slot.day } });
    expect(await world.counts(slot.id)).toEqual(FULL);
    const other = await world.resident();
    expect(
      await world.ask(contract.bookSlot, other, { doseNumber: 1, slotId: slot.id }),
    ).toMatchObject({ refusal: { code: 'slot_full' } });
    // Nobody calls who is on the line.
    const [call] = await world.sql<{ minutes: number }>(
      `SELECT extract(epoch FROM not_before - now())::float8 / 60 AS minutes FROM work_item
       WHERE resident_id = $1 AND kind = 'waitlist-offer'`,
      [residentId],
    );
    expect(call?.minutes).toBeGreaterThan(4);
    const booked = await world.ask(contract.acceptOffer, residentId, { offerId: offer?.offerId });
    expect(booked).toMatchObject({ ok: true, value: { slot: { slotId: slot.id } } });
    expect(await world.counts(slot.id)).toEqual({ booked: 1, held: 0, phone: 1, web: 0 });
    expect(await world.events(entryId)).toEqual(['offered', 'accepted']);
  });

  it('is the earliest of those that fit, and none that the rules or the channel refuse', async () => {
    const slot = await world.slotOf(2, 2);
    const promised = await world.join(slot);
    expect(promised.offer).toBeNull();
    await world.sql(
      `UPDATE slot SET capacity = 0, phone_quota = 0, web_quota = 0, staff_quota = 0,
       walk_in_quota = 0 WHERE day = $1 AND venue_code = $2 AND starts_at < '11:00' AND booked + held = 0`,
      [slot.day, slot.venueCode],
    );
    const { offer } = await world.join(slot, { timeFrom: '00:00', timeTo: '23:59' });
    expect(offer?.slot).toMatchObject({ date: slot.day, startsAt: '11:00' });
    expect(await world.offerTo(promised.entryId)).toBeUndefined();
  });

  it('goes to who stands ahead and can have it; who came later has the next', async () => {
    const slot = await world.slotOf(1);
    const booked = await world.book(slot.id);
    const ahead = await world.join(slot);
    // Behind the back of everything that keeps seats for the list.
    await world.sql(`UPDATE slot SET capacity = 2, phone_quota = 2 WHERE id = $1`, [slot.id]);
    const later = await world.join(slot);
    expect(later.offer).toBeNull();
    expect(await world.offered(ahead.entryId)).toMatchObject({ slotId: slot.id });
    expect(await world.stateOf(later.entryId)).toMatchObject({ state: 'waiting' });
    await world.cancel(booked);
    expect(await world.offered(later.entryId)).toMatchObject({ slotId: slot.id });
    expect(await world.counts(slot.id)).toEqual({ booked: 0, held: 2, phone: 2, web: 0 });
  });

  it('is asked for once: who declines is called again about what opens since', async () => {
    const slot = await world.slotOf(1);
    const later = (await world.slotsAt(slot.venueCode, slot.day)).find(
      (one) => one.starts_at > slot.startsAt,
    );
    if (!later) throw new Error('no slot left');
    await world.setSeats([later.id], 1);
    const { residentId, entryId, offer } = await world.join(slot, {
      timeTo: `${later.starts_at.slice(0, 4)}5`,
    });
    expect(offer?.slot.slotId).toBe(slot.id);
    const answer = { offerId: offer?.offerId, stay: true };
    const declined = await world.ask(contract.declineOffer, residentId, answer);
    expect(declined).toMatchObject({ value: { entryState: 'waiting' } });
    await seekFreeSeats(world.runtime)();
    expect(await world.offerTo(entryId)).toBeUndefined();
    await world.sql(`UPDATE slot SET opens_at = now() WHERE id = $1`, [later.id]);
    expect(await world.offered(entryId)).toMatchObject({ slotId: later.id });
  });

  it('is refused with the place to who gave too many back', async () => {
    const slot = await world.slotOf(1);
    const residentId = await world.resident();
    const [limit] = await world.sql<{ most: number }>(
      `SELECT most FROM budget WHERE kind = 'hoarding' AND per = 'resident'`,
    );
    for (let times = 0; times < (limit?.most ?? 0); times += 1) {
      const { entryId, offer } = await world.join(slot, { residentId });
      expect(offer).not.toBeNull();
      await world.ask(contract.leaveWaitingList, residentId, { entryId });
    }
    const wish = { doseNumber: 1, reach: 'phone', from: slot.day, to: slot.day };
    expect(await world.ask(contract.joinWaitingList, residentId, wish)).toMatchObject({
      refusal: { code: 'seat_budget_exceeded' },
    });
    expect(await world.counts(slot.id)).toEqual({ booked: 0, held: 0, phone: 0, web: 0 });
  });
});

describe('a seat that becomes one to be had without coming free', () => {
  it('goes to who waits when its slot opens', async () => {
    const slot = await world.slotOf(1);
    await world.sql(`UPDATE slot SET opens_at = now() + interval '3 seconds' WHERE id = $1`, [
      slot.id,
    ]);
    const { entryId, offer } = await world.join(slot);
    expect(offer).toBeNull();
    expect(await world.offered(entryId)).toMatchObject({ slotId: slot.id });
    expect(await world.counts(slot.id)).toEqual(FULL);
  });

  it('goes to who waits when the rules let them have it', async () => {
    const slot = await world.slotOf(2);
    await world.sql(`UPDATE slot SET closed = true WHERE id = $1`, [slot.id]);
    const young = await world.join(slot);
    const next = await world.join(slot);
    const bornOn = (day: string) =>
      world.sql(`UPDATE resident_copy SET date_of_birth = $2 WHERE resident_id = $1`, [
        young.residentId,
        day,
      ]);
    await bornOn(BORN_TOO_LATE);
    await world.sql(`UPDATE slot SET closed = false WHERE id = $1`, [slot.id]);
    await world.offered(next.entryId);
    await seekFreeSeats(world.runtime)();
    expect(await world.offerTo(young.entryId)).toBeUndefined();
    await bornOn('1960-01-01');
    expect(await world.offered(young.entryId)).toMatchObject({ slotId: slot.id });
  });

  it('is offered to nobody while copies are stale', async () => {
    const slot = await world.slotOf(1);
    await world.sql(
      `INSERT INTO feed (owner, told_at) VALUES ('registry', now() - interval '5 minutes')`,
    );
    const { entryId, offer } = await world.join(slot);
    await world.sql(`DELETE FROM feed`);
    expect(offer).toBeNull();
    await world.offered(entryId);
  });
});

describe('the place in line', () => {
  it('counts who joined before for a seat that could be theirs too, and offers not answered', async () => {
    const [slot, elsewhere] = [await world.slotOf(1), await world.slotOf(1)];
    const [booked, other] = [await world.book(slot.id), await world.book(elsewhere.id)];
    const first = await world.join(slot);
    await world.join(elsewhere);
    const second = await world.join(slot);
    const listed = async () => {
      const answer = await world.ask(contract.listWaiting, second.residentId, {});
      return answer.ok ? answer.value.entries[0] : undefined;
    };
    expect(await listed()).toMatchObject({ state: 'waiting', ahead: 1, offersMissed: 0 });
    await world.ask(contract.leaveWaitingList, first.residentId, { entryId: first.entryId });
    expect(await listed()).toMatchObject({ ahead: 0 });
    await world.cancel(booked);
    await world.cancel(other);
    await world.offered(second.entryId);
    expect(await listed()).toMatchObject({ state: 'offered', ahead: 0 });
    world.putForward(31);
    await eventually('the offer to run out', async () => !(await world.offerTo(second.entryId)));
    expect(await listed()).toMatchObject({ state: 'waiting', offersMissed: 1 });
    await world.ask(contract.leaveWaitingList, second.residentId, { entryId: second.entryId });
    expect(await listed()).toMatchObject({ state: 'left', ahead: null });
  });
});

describe('the checker of runs', () => {
  it('finds all of it whole', async () => {
    await eventually('kept seats to find an owner', async () => {
      const rows = await world.sql('SELECT 1 FROM kept_seat');
      return rows.length === 0;
    });
    expect(await world.checkReservations()).toMatchObject({ exitCode: 0, findings: [] });
  });
});
