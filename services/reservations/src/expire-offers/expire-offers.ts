import { signalSubjects } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import type { Runtime } from '@madoguchi/service';
import { itself } from '@madoguchi/service';
import { endOffer, lockOffer, offersToEnd } from '../store/offer-store.ts';
import { tryLockResident } from '../store/take-seat.ts';

const OPERATION = 'reservations.expire-offers';
const MOST_OFFERS = 500;

type Ending = Awaited<ReturnType<typeof offersToEnd>>[number];

async function end(runtime: Runtime, tx: Transaction, ending: Ending): Promise<boolean> {
  const { id, residentId } = ending;
  // Somebody is just taking it, or another process is at it: the next run sees what became of it.
  if (!(await tryLockResident(tx, residentId))) return false;
  const offer = await lockOffer(tx.query, id, residentId);
  if (offer?.state !== 'open') return false;
  await endOffer(tx, offer, { state: ending.end, stay: true, now: runtime.clock.now() });
  tx.audit({
    action: 'change',
    operation: OPERATION,
    outcome: 'done',
    residents: [residentId],
    detail: { offerId: id, end: ending.end },
  });
  return true;
}

/** The job: offers that nobody took in their time, or that are in vain; each seat goes to the next. */
export const expireOffers = (runtime: Runtime) => async (): Promise<void> => {
  const who = itself(runtime);
  const now = runtime.clock.now();
  for (const ending of await offersToEnd(runtime.database.read, now, MOST_OFFERS)) {
    const ended = await runtime.database.transaction(who, (tx) => end(runtime, tx, ending));
    if (ended)
      runtime.signal(signalSubjects.residentTouched, {
        residentId: ending.residentId,
        by: 'reservations',
      });
  }
};
