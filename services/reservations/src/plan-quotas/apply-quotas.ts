import type { Transaction } from '@madoguchi/database';
import type { Runtime } from '@madoguchi/service';
import { itself } from '@madoguchi/service';
import { fitQuotas, scaleQuotas } from '../domain/quotas.ts';
import { keepAddedSeats } from '../store/freed-seat.ts';
import { claimPlan, duePlans, sessionsWithEndedCuts } from '../store/quota-plan-store.ts';
import { lockSlotsOf, setSeats } from '../store/session-slots-store.ts';
import type { SessionRow } from '../store/session-store.ts';
import { lockSession, setSessionQuotas } from '../store/session-store.ts';

/**
 * Gives the slots of a locked session the promises of its pattern, as far as what is taken lets them. A slot
 * that is still being cut has none to give; it gets them once it has its size.
 */
async function promise(tx: Transaction, { id, pattern }: SessionRow): Promise<number> {
  const slots = await lockSlotsOf(tx.query, [id]);
  const settled = slots.filter(
    ({ targetCapacity, capacity }) => targetCapacity === null || targetCapacity === capacity,
  );
  await setSeats(
    tx.query,
    settled.map((slot) => ({
      id: slot.id,
      capacity: slot.capacity,
      targetCapacity: null,
      quotas: fitQuotas(scaleQuotas(pattern.quotas, pattern.capacity, slot.capacity), slot),
    })),
  );
  // A seat that a channel gets by it belongs to who waits there.
  await keepAddedSeats(
    tx.query,
    settled.map((slot) => slot.id),
  );
  return settled.length;
}

/** One plan, once: whoever claims it applies it in the same transaction. */
async function applyPlan(tx: Transaction, planId: string, now: Date): Promise<void> {
  const plan = await claimPlan(tx.query, planId, now);
  if (!plan) return;
  const session = await lockSession(tx.query, plan.sessionId);
  if (!session) return;
  const { quotas } = plan;
  await setSessionQuotas(tx.query, session.id, quotas);
  const slots = await promise(tx, { ...session, pattern: { ...session.pattern, quotas } });
  tx.audit({
    action: 'administration',
    operation: 'reservations.apply-quotas',
    outcome: 'done',
    detail: { planId, sessionId: session.id, slots, ...quotas },
  });
}

/** The job: plans whose instant has come, oldest first, and slots that reached the size they were cut to. */
export const applyQuotas = (runtime: Runtime) => async (): Promise<void> => {
  const { database } = runtime;
  const now = runtime.clock.now();
  const who = itself(runtime);
  for (const planId of await duePlans(database.read, now))
    await database.transaction(who, (tx) => applyPlan(tx, planId, now));
  for (const sessionId of await sessionsWithEndedCuts(database.read))
    await database.transaction(who, async (tx) => {
      const session = await lockSession(tx.query, sessionId);
      if (session) await promise(tx, session);
    });
};
