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
    await world.cancel(booked);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await world.offerTo(next.entryId)).toBeUndefined();
    await world.sql(`INSERT INTO copy_fill (owner) VALUES ('registry') ON CONFLICT DO NOTHING`);
    await world.offered(next.entryId);
    expect(await world.stateOf(unknown.entryId)).toMatchObject({ state: 'waiting' });
  });
});

describe('the checker of runs', () => {
  it('finds all of it whole', async () => {
    expect(await world.checkReservations()).toMatchObject({ exitCode: 0, findings: [] });
  });
});
