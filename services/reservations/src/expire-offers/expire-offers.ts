import { signalSubjects } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import type { Runtime } from '@madoguchi/service';
import { itself } from '@madoguchi/service';
import { isServed } from '../domain/waiting.ts';
import type { OfferLooked } from '../store/offer-store.ts';
import { endOffer, lockOffer, offersToEnd } from '../store/offer-store.ts';
import { findPerson } from '../store/person-store.ts';
import { readRulebook } from '../store/rulebook-store.ts';
import { tryLockResident } from '../store/take-seat.ts';

const OPERATION = 'reservations.expire-offers';
const MOST_OFFERS = 500;

/** How an offer ends that its owner has not answered; undefined while it stands. */
async function endOf(
  tx: Transaction,
  looked: OfferLooked,
  now: Date,
): Promise<'expired' | 'withdrawn' | undefined> {
  const { residentId, doseNumber, productCode, date, shut, expiresAt } = looked;
  if (shut) return 'withdrawn';
  const person = await findPerson(tx.query, residentId);
  const rules = await readRulebook(tx.query, now);
  const wanted = { doseNumber, productCode, from: date, to: date };
  if (person && isServed(person, wanted, rules)) return 'withdrawn';
  return expiresAt <= now ? 'expired' : undefined;
}

async function end(runtime: Runtime, tx: Transaction, looked: OfferLooked): Promise<boolean> {
  const { id, residentId } = looked;
  // Somebody is just taking it, or another process is at it: the next run sees what became of it.
  if (!(await tryLockResident(tx, residentId))) return false;
  const offer = await lockOffer(tx.query, id, residentId);
  if (offer?.state !== 'open') return false;
  const now = runtime.clock.now();
  const state = await endOf(tx, looked, now);
  if (!state) return false;
  await endOffer(tx, offer, { state, stay: true, now });
  tx.audit({
    action: 'change',
    operation: OPERATION,
    outcome: 'done',
    residents: [residentId],
    detail: { offerId: id, end: state },
  });
  return true;
}

/** The job: offers that nobody took in their time, or that are in vain; each seat goes to the next. */
export const expireOffers = (runtime: Runtime) => async (): Promise<void> => {
  const who = itself(runtime);
  const now = runtime.clock.now();
  for (const looked of await offersToEnd(runtime.database.read, now, MOST_OFFERS)) {
    const ended = await runtime.database.transaction(who, (tx) => end(runtime, tx, looked));
    if (ended)
      runtime.signal(signalSubjects.residentTouched, {
        residentId: looked.residentId,
        by: 'reservations',
      });
  }
};
