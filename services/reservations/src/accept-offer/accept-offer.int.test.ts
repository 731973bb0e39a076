import * as contract from '@madoguchi/contracts';
import { newId, tokyoDate } from '@madoguchi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WaitlistWorld } from '../offer-freed-seats/waitlist-world.fixture.ts';
import { waitlistWorld } from '../offer-freed-seats/waitlist-world.fixture.ts';

let world: WaitlistWorld;
beforeAll(async () => {
  world = await waitlistWorld();
});
afterAll(() => world.stop());

describe('a place on the list', () => {
  it('is taken, answered and given up only for whom a case opened to book', async () => {
    const slot = await world.slotOf(1);
    const booked = await world.book(slot.id);
    const { residentId, entryId } = await world.join(slot);
    await world.cancel(booked);
    const { id: offerId } = await world.offered(entryId);
    for (const purpose of ['reissue', 'own-record', 'application'] as const) {
      const me = await world.servingAll([residentId], 'operator', purpose);
      const keyed = () => ({ ...me, idempotencyKey: newId() });
      const range = { from: slot.day, to: slot.day };
      const answers = [
        await world.call(
          contract.joinWaitingList,
          { residentId, doseNumber: 2, reach: 'phone', ...range },
          keyed(),
        ),
        await world.call(contract.acceptOffer, { residentId, offerId }, keyed()),
        await world.call(contract.declineOffer, { residentId, offerId, stay: true }, keyed()),
        await world.call(contract.leaveWaitingList, { residentId, entryId }, keyed()),
      ];
      for (const answer of answers)
        expect(answer).toMatchObject({ refusal: { code: 'purpose_not_allowed' } });
    }
    expect(await world.offerTo(entryId)).toMatchObject({ id: offerId });
    // Who is called about it is opened for the call.
    const caller = await world.servingAll([residentId], 'operator', 'outreach');
    const accepted = await world.call(
      contract.acceptOffer,
      { residentId, offerId },
      { ...caller, idempotencyKey: newId() },
    );
    expect(accepted).toMatchObject({ ok: true });
  });
});

describe('looking for seats', () => {
  it('says nothing of doses and bookings to who only sends a ticket anew', async () => {
    const slot = await world.slotOf(2);
    const { residentId, reservationId } = await world.book(slot.id);
    const person = { residentId, doseNumber: 1 };
    const range = { from: slot.day, to: slot.day };
    const beside = { residentId: await world.resident(), doseNumber: 1 };
    const looks = async (purpose: contract.Purpose) => {
      const me = await world.servingAll([residentId, beside.residentId], 'operator', purpose);
      const day = { ...person, productCode: 'comirnaty', date: slot.day };
      return [
        await world.call(contract.checkEligibility, day, me),
        await world.call(contract.findFreeSlots, { ...person, ...range }, me),
        await world.call(contract.findGroupSlots, { members: [person, beside], ...range }, me),
        await world.call(contract.proposePair, { ...person, slotId: slot.id }, me),
        await world.call(contract.suggestAlternatives, { residentId, reservationId }, me),
      ].map((answer) => (answer.ok ? 'ok' : answer.refusal.code));
    };
    expect(new Set(await looks('reissue'))).toEqual(new Set(['purpose_not_allowed']));
    for (const purpose of ['reservation', 'own-record', 'application', 'outreach'] as const)
      expect(await looks(purpose)).not.toContain('purpose_not_allowed');
  });
});

describe('an offer', () => {
  it('gives no seat to who took and gave back too many today (B30)', async () => {
    const slot = await world.slotOf(1);
    const booked = await world.book(slot.id);
    const { residentId, entryId } = await world.join(slot);
    await world.cancel(booked);
    const { id: offerId } = await world.offered(entryId);
    await world.sql(
      `INSERT INTO suspicion (id, kind, per, subject, day, raised_at) VALUES ($1, 'hoarding', 'resident', $2, $3, now())`,
      [newId(), residentId, tokyoDate(world.clock.now())],
    );
    expect(await world.ask(contract.acceptOffer, residentId, { offerId })).toMatchObject({
      refusal: { code: 'seat_budget_exceeded' },
    });
    await world.sql('DELETE FROM suspicion WHERE subject = $1', [residentId]);
    expect(await world.ask(contract.acceptOffer, residentId, { offerId })).toMatchObject({
      ok: true,
    });
  });
});

describe('a seat whose first in line nobody has told us of', () => {
  it('waits for the copies while they are filled, and then goes on to the next', async () => {
    const slot = await world.slotOf(1);
    const booked = await world.book(slot.id);
    const unknown = await world.join(slot);
    const next = await world.join(slot);
    await world.sql('DELETE FROM resident_copy WHERE resident_id = $1', [unknown.residentId]);
    await world.sql(`DELETE FROM copy_fill WHERE owner = 'registry'`);
    await world.cancel(booked);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await world.offerTo(next.entryId)).toBeUndefined();
    await world.sql(`INSERT INTO copy_fill (owner) VALUES ('registry')`);
    await world.offered(next.entryId);
    expect(await world.stateOf(unknown.entryId)).toMatchObject({ state: 'waiting' });
  });
});

describe('the checker of runs', () => {
  it('finds all of it whole', async () => {
    expect(await world.checkReservations()).toMatchObject({ exitCode: 0, findings: [] });
  });
});
