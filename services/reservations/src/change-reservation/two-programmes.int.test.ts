import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_PRODUCT } from '../seed-demo/seed-demo.ts';
import type { ReservationsWorld } from '../store/reservations-world.fixture.ts';
import { reservationsWorld } from '../store/reservations-world.fixture.ts';
import { OTHER_PRODUCT, secondProgramme } from '../store/second-programme.fixture.ts';

let world: ReservationsWorld;
let slotOf: (productCode: string, ahead: number) => Promise<string>;
beforeAll(async () => {
  world = await reservationsWorld();
  ({ slotOf } = await secondProgramme(world));
});
afterAll(() => world.stop());

const liveOf = (residentId: string) =>
  world.sql(
    `SELECT r.programme_code AS programme, s.product_code AS product FROM reservation r JOIN slot s ON s.id = r.slot_id
     WHERE r.resident_id = $1 AND r.state = 'booked' ORDER BY 1`,
    [residentId],
  );
const move = async (residentId: string, reservationId: string, slotId: string) => {
  const moved = await world.call(
    contract.changeReservation,
    { residentId, reservationId, slotId },
    { ...(await world.serving(residentId)), idempotencyKey: newId() },
  );
  return moved.ok ? 'done' : moved.refusal.code;
};

const BOTH = [
  { programme: 'autumn', product: DEMO_PRODUCT },
  { programme: 'winter', product: OTHER_PRODUCT },
];

describe('a resident with first doses of two programmes', () => {
  it('has both booked, and neither can be moved into the other (one live booking of a dose)', async () => {
    const autumn = await world.book(await slotOf(DEMO_PRODUCT, 5));
    const { residentId } = autumn;
    const winter = await world.book(await slotOf(OTHER_PRODUCT, 6), residentId);
    expect(await liveOf(residentId)).toEqual(BOTH);
    expect(await move(residentId, autumn.reservationId, await slotOf(OTHER_PRODUCT, 8))).toBe(
      'product_not_allowed',
    );
    expect(await move(residentId, winter.reservationId, await slotOf(DEMO_PRODUCT, 8))).toBe(
      'product_not_allowed',
    );
    expect(await liveOf(residentId)).toEqual(BOTH);
    expect(await move(residentId, winter.reservationId, await slotOf(OTHER_PRODUCT, 9))).toBe(
      'done',
    );
  });

  it('is shown only days of its own programme when one is to be moved', async () => {
    const { residentId, reservationId } = await world.book(await slotOf(OTHER_PRODUCT, 10));
    await slotOf(OTHER_PRODUCT, 11);
    const today = tokyoDate(world.runtime.clock.now());
    const found = await world.call(
      contract.findFreeSlots,
      {
        residentId,
        doseNumber: 1,
        movingReservationId: reservationId,
        from: today,
        to: addDays(today, 20),
        view: 'slots',
        limit: 50,
      },
      await world.serving(residentId),
    );
    if (!found.ok) throw new Error(found.refusal.code);
    expect(new Set(found.value.slots.map(({ productCode }) => productCode))).toEqual(
      new Set([OTHER_PRODUCT]),
    );
    const suggested = await world.call(
      contract.suggestAlternatives,
      { residentId, reservationId },
      await world.serving(residentId),
    );
    if (!suggested.ok) throw new Error(suggested.refusal.code);
    expect(new Set(suggested.value.next.map(({ productCode }) => productCode))).toEqual(
      new Set([OTHER_PRODUCT]),
    );
  });
});

describe('the checker of runs', () => {
  it('finds all of it whole', async () => {
    expect(await world.checkReservations()).toMatchObject({ exitCode: 0, findings: [] });
  });
});
