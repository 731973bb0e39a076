import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expireOffers } from '../expire-offers/expire-offers.ts';
import type { WaitlistWorld } from '../offer-freed-seats/waitlist-world.fixture.ts';
import { waitlistWorld } from '../offer-freed-seats/waitlist-world.fixture.ts';
import { DEMO_PRODUCT } from '../seed-demo/seed-demo.ts';
import { OTHER_PRODUCT, secondProgramme } from '../store/second-programme.fixture.ts';
import { endWaiting } from './end-waiting.ts';

let world: WaitlistWorld;
let slotOf: (productCode: string, ahead: number) => Promise<string>;
beforeAll(async () => {
  world = await waitlistWorld();
  ({ slotOf } = await secondProgramme(world));
});
afterAll(() => world.stop());

const dayAhead = (ahead: number) => addDays(tokyoDate(world.runtime.clock.now()), ahead);

/** Somebody who waits for their first dose of a product, or of any, on one day, at a time when there are no slots. */
async function waits(ahead: number, productCode?: string, timeFrom = '20:00') {
  const residentId = await world.resident();
  const day = dayAhead(ahead);
  const joined = await world.ask(contract.joinWaitingList, residentId, {
    doseNumber: 1,
    from: day,
    to: day,
    reach: 'web',
    timeFrom,
    ...(productCode === undefined ? {} : { productCode }),
  });
  if (!joined.ok) throw new Error(joined.refusal.code);
  return { residentId, entryId: (joined.value as { entryId: string }).entryId };
}

const given = (residentId: string, productCode: string) =>
  world.sql(
    `INSERT INTO dose_copy (dose_id, resident_id, version, dose_number, vaccination_date, product_code)
     VALUES ($1, $2, 1, 1, $3, $4)`,
    [newId(), residentId, dayAhead(-60), productCode],
  );

describe('who waits for a dose', () => {
  it('goes on waiting when they have the same number of another vaccine, given or booked', async () => {
    const [one, other, any] = [
      await waits(7, OTHER_PRODUCT),
      await waits(7, OTHER_PRODUCT),
      await waits(7),
    ];
    await given(one.residentId, DEMO_PRODUCT);
    await world.book(await slotOf(DEMO_PRODUCT, 5), other.residentId);
    await given(any.residentId, DEMO_PRODUCT);
    await endWaiting(world.runtime)();
    for (const { entryId } of [one, other, any])
      expect(await world.stateOf(entryId)).toMatchObject({ state: 'waiting' });
  });

  it('waits no longer when they have the dose, or every dose they could wait for', async () => {
    const [one, any] = [await waits(9, OTHER_PRODUCT), await waits(9)];
    await given(one.residentId, OTHER_PRODUCT);
    for (const product of [OTHER_PRODUCT, DEMO_PRODUCT]) await given(any.residentId, product);
    await endWaiting(world.runtime)();
    for (const { entryId } of [one, any])
      expect(await world.stateOf(entryId)).toMatchObject({ state: 'ended', endReason: 'served' });
  });

  it('keeps an offer beside a booking of another vaccine, and loses it when they get the dose', async () => {
    const slotId = await slotOf(OTHER_PRODUCT, 11);
    await world.sql('UPDATE slot SET capacity = 1, phone_quota = 0 WHERE id = $1', [slotId]);
    const booked = await world.book(slotId);
    const { residentId, entryId } = await waits(11, OTHER_PRODUCT, '09:00');
    await world.book(await slotOf(DEMO_PRODUCT, 5), residentId);
    await world.cancel(booked);
    const offer = await world.offered(entryId);
    await expireOffers(world.runtime)();
    expect(await world.offerTo(entryId)).toMatchObject({ id: offer.id });
    await given(residentId, OTHER_PRODUCT);
    await expireOffers(world.runtime)();
    expect(await world.offerTo(entryId)).toBeUndefined();
  });
});

describe('the checker of runs', () => {
  it('finds all of it whole', async () => {
    expect(await world.checkReservations()).toMatchObject({ exitCode: 0, findings: [] });
  });
});
