import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import { eventually } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endWaiting } from '../end-waiting/end-waiting.ts';
import type { WaitlistWorld } from '../offer-freed-seats/waitlist-world.fixture.ts';
import { waitlistWorld } from '../offer-freed-seats/waitlist-world.fixture.ts';
import { expireOffers } from './expire-offers.ts';

let world: WaitlistWorld;
beforeAll(async () => {
  world = await waitlistWorld();
});
afterAll(() => world.stop());

describe('an offer', () => {
  it('that nobody takes in its time goes to the next, and never to the same again', async () => {
    const slot = await world.slotOf(1);
    const booked = await world.book(slot.id);
    const first = await world.join(slot);
    const second = await world.join(slot);
    await world.cancel(booked);
    const offer = await world.offered(first.entryId);
    world.putForward(31);
    // Time is up, whether the job has been there or not.
    const late = await world.ask(contract.acceptOffer, first.residentId, { offerId: offer.id });
    expect(late).toMatchObject({ refusal: { code: 'offer_ended' } });
    await Promise.all([1, 2, 3].map(() => expireOffers(world.runtime)()));
    await world.offered(second.entryId);
    expect(await world.stateOf(first.entryId)).toEqual({
      state: 'waiting',
      endReason: null,
      missed: 1,
    });
    expect(await world.events(first.entryId)).toEqual(['offered', 'expired']);
    world.putForward(31);
    await expireOffers(world.runtime)();
    await world.settled();
    expect(await world.counts(slot.id)).toEqual({ booked: 0, held: 0, phone: 0, web: 0 });
    expect(await world.offerTo(first.entryId)).toBeUndefined();
  });

  it('missed too often takes its owner off the list', async () => {
    const slot = await world.slotOf(1);
    const booked = await world.book(slot.id);
    const waiting = await world.join(slot);
    await world.sql(`UPDATE waiting_entry SET offers_missed = 2 WHERE id = $1`, [waiting.entryId]);
    await world.cancel(booked);
    await world.offered(waiting.entryId);
    world.putForward(31);
    await expireOffers(world.runtime)();
    await eventually('the end of waiting', async () => {
      const now = await world.stateOf(waiting.entryId);
      return now?.['state'] === 'ended' && now['endReason'] === 'offers-missed';
    });
  });

  it('goes on to the next when it is declined, or its owner leaves', async () => {
    const slot = await world.slotOf(1);
    const booked = await world.book(slot.id);
    const [first, second, third] = [
      await world.join(slot),
      await world.join(slot),
      await world.join(slot),
    ];
    await world.cancel(booked);
    const offer = await world.offered(first.entryId);
    const other = await world.resident();
    expect(
      await world.ask(contract.declineOffer, other, { offerId: offer.id, stay: true }),
    ).toEqual({ ok: false, refusal: { code: 'offer_not_found' } });
    expect(
      await world.ask(contract.declineOffer, first.residentId, { offerId: offer.id, stay: true }),
    ).toMatchObject({ ok: true, value: { entryState: 'waiting' } });
    await world.offered(second.entryId);
    const { entryId, residentId } = second;
    expect(await world.ask(contract.leaveWaitingList, residentId, { entryId })).toMatchObject({
      ok: true,
    });
    await world.offered(third.entryId);
    expect(await world.counts(slot.id)).toEqual({ booked: 0, held: 1, phone: 1, web: 0 });
    expect(await world.ask(contract.leaveWaitingList, residentId, { entryId })).toMatchObject({
      refusal: { code: 'waiting_entry_not_found' },
    });
  });

  it('is taken back when its owner booked elsewhere, or the slot is closed', async () => {
    const slot = await world.slotOf(2);
    const booked = [await world.book(slot.id), await world.book(slot.id)];
    const first = await world.join(slot);
    const second = await world.join(slot);
    for (const one of booked) await world.cancel(one);
    await world.offered(first.entryId);
    await world.offered(second.entryId);
    await world.book((await world.slotOf(1)).id, first.residentId);
    await expireOffers(world.runtime)();
    await eventually('the offer to be gone', async () => !(await world.offerTo(first.entryId)));
    expect(await world.events(first.entryId)).toEqual(['offered', 'withdrawn']);
    await endWaiting(world.runtime)();
    expect(await world.stateOf(first.entryId)).toMatchObject({
      state: 'ended',
      endReason: 'served',
    });
    await world.sql(`UPDATE slot SET closed = true WHERE id = $1`, [slot.id]);
    await eventually('the other one too', async () => !(await world.offerTo(second.entryId)));
    await world.settled();
    expect(await world.counts(slot.id)).toEqual({ booked: 0, held: 0, phone: 0, web: 0 });
    expect(await world.stateOf(second.entryId)).toMatchObject({ state: 'waiting', missed: 0 });
  });
});

describe('joining', () => {
  const tomorrow = addDays(tokyoDate(new Date()), 1);
  const join = (residentId: string, changes: object) =>
    world.ask(contract.joinWaitingList, residentId, {
      doseNumber: 1,
      from: tomorrow,
      to: addDays(tomorrow, 9),
      reach: 'phone',
      ...changes,
    });

  it('is refused where waiting is in vain, each time with its reason', async () => {
    const residentId = await world.resident();
    const refusals: [object, string][] = [
      [{ to: addDays(tomorrow, 140) }, 'waiting_range_too_long'],
      [{ venueCode: '9999999999' }, 'venue_not_found'],
      [{ town: '無い町' }, 'venue_not_found'],
      [{ productCode: 'NONE' }, 'product_not_allowed'],
      [{ doseNumber: 2 }, 'dose_out_of_order'],
      [{ from: '2020-01-01', to: '2020-01-02' }, 'slot_in_past'],
      [{ from: addDays(tomorrow, 2), to: tomorrow }, 'malformed_request'],
      [{ venueCode: '1312300011', town: '船堀' }, 'malformed_request'],
    ];
    for (const [changes, code] of refusals)
      expect(await join(residentId, changes), code).toMatchObject({ refusal: { code } });
    const { id } = await world.slotOf(1);
    await world.book(id, residentId);
    expect(await join(residentId, {})).toMatchObject({ refusal: { code: 'already_booked' } });
  });

  it('is done once, however often it is sent, and by several at once', async () => {
    const residentId = await world.resident();
    const answers = await Promise.all([1, 2, 3, 4].map(() => join(residentId, {})));
    const codes = answers.map((one) => (one.ok ? 'ok' : one.refusal.code)).toSorted();
    expect(codes).toEqual(['already_waiting', 'already_waiting', 'already_waiting', 'ok']);
    const keyed = { ...(await world.serving(residentId)), idempotencyKey: newId() };
    const other = await world.resident();
    const mine = { ...(await world.serving(other)), idempotencyKey: newId() };
    const request = {
      residentId: other,
      doseNumber: 1,
      from: tomorrow,
      to: tomorrow,
      reach: 'web' as const,
    };
    const once = await world.call(contract.joinWaitingList, request, mine);
    expect(await world.call(contract.joinWaitingList, request, mine)).toEqual(once);
    expect(await world.call(contract.joinWaitingList, request, keyed)).toMatchObject({
      refusal: { code: 'grant_required' },
    });
  });
});

describe('the checker of runs', () => {
  it('finds all of it whole', async () => {
    expect(await world.checkReservations()).toMatchObject({ exitCode: 0, findings: [] });
  });
});
