import type { Transaction } from '@madoguchi/database';
import { tokyoDate } from '@madoguchi/kernel';
import type { Runtime } from '@madoguchi/service';
import { itself } from '@madoguchi/service';
import { isServed, seatsFrom } from '../domain/waiting.ts';
import { findPeople } from '../store/person-store.ts';
import { readRulebook } from '../store/rulebook-store.ts';
import { tryLockResident } from '../store/take-seat.ts';
import type { WaitingRow } from '../store/waiting-store.ts';
import { endEntries, entriesToEnd } from '../store/waiting-store.ts';

const OPERATION = 'reservations.end-waiting';
/** No more than one audit entry can name. */
const PAGE = 200;

type Page = { now: Date; over: boolean; after: string | undefined };

/** Those whose owner has the dose, or a booking of it, by the rules. */
async function servedOf(tx: Transaction, entries: readonly WaitingRow[], now: Date) {
  const today = tokyoDate(now);
  const rules = await readRulebook(tx.query, now);
  const people = await findPeople(
    tx.query,
    entries.map(({ residentId }) => residentId),
  );
  return entries.filter((entry) => {
    const person = people.get(entry.residentId);
    return person !== undefined && isServed(person, seatsFrom(today, entry), rules);
  });
}

/** One page of those who may have waited long enough. @returns the last that was looked at, if there may be more */
async function endSome(tx: Transaction, page: Page): Promise<string | undefined> {
  const { now, over, after } = page;
  const today = tokyoDate(now);
  const entries = await entriesToEnd(tx.query, { today, over }, { after, limit: PAGE });
  const theirs: WaitingRow[] = [];
  // Who has a command under way is looked at next time.
  for (const entry of entries) if (await tryLockResident(tx, entry.residentId)) theirs.push(entry);
  const ending = over ? theirs : await servedOf(tx, theirs, now);
  const residents = await endEntries(
    tx.query,
    ending.map(({ id }) => id),
    over ? 'range-over' : 'served',
  );
  if (residents.length > 0)
    tx.audit({ action: 'change', operation: OPERATION, outcome: 'done', residents });
  return entries.length === PAGE ? entries.at(-1)?.id : undefined;
}

/** The job: who waits for days that are over, or has the dose or a booking of it, waits no longer. */
export const endWaiting = (runtime: Runtime) => async (): Promise<void> => {
  const who = itself(runtime);
  const now = runtime.clock.now();
  for (const over of [true, false]) {
    let after: string | undefined;
    do {
      const page: Page = { now, over, after };
      after = await runtime.database.transaction(who, (tx) => endSome(tx, page));
    } while (after !== undefined);
  }
};
