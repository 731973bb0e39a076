import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import type { OperationContext } from '@madoguchi/messaging';
import { MUNICIPALITY } from '@madoguchi/testing/test-tokens';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ReservationsWorld } from '../store/reservations-world.fixture.ts';
import { reservationsWorld } from '../store/reservations-world.fixture.ts';
import { bookSlot } from './book-slot.ts';

const TIMES = 30;
let world: ReservationsWorld;
beforeAll(async () => {
  world = await reservationsWorld();
});
afterAll(() => world.stop());

function contextOf(residents: string[], key: string): OperationContext {
  const caseId = newId();
  const who = {
    municipalityCode: MUNICIPALITY,
    actorId: 'test-operator',
    role: 'operator' as const,
  };
  return {
    actor: { sub: who.actorId, role: who.role },
    grant: { caseId, residents, purposes: ['reservation'] },
    idempotencyKey: key,
    municipalityCode: MUNICIPALITY,
    correlationId: newId(),
    who: { ...who, correlationId: newId(), caseId },
  } as unknown as OperationContext;
}

// No lock of a resident or a slot is shared: only the stored key itself stands between the two.
it('B22, B23: one key for two people, at two processes at once, books one of them', async () => {
  const processes = [bookSlot(world.runtime), bookSlot(world.runtime)];
  const slots = await world.freeSlots(addDays(tokyoDate(new Date()), 5), 2 * TIMES);
  for (let time = 0; time < TIMES; time += 1) {
    const residents = [await world.resident(), await world.resident()];
    const key = newId();
    const answers = await Promise.all(
      processes.map((book, index) =>
        book(
          {
            residentId: residents[index] ?? '',
            doseNumber: 1,
            slotId: slots[2 * time + index] ?? '',
          },
          contextOf(residents, key),
        ),
      ),
    );
    const codes = answers.map((one) => (one.ok ? 'ok' : one.refusal.code)).toSorted();
    expect(codes).toEqual(['idempotency_key_reused', 'ok']);
    expect(
      await world.sql('SELECT 1 FROM reservation WHERE resident_id = ANY($1::uuid[])', [residents]),
    ).toHaveLength(1);
  }
});
