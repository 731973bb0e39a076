import type { Who } from '@madoguchi/contracts';
import { signalSubjects } from '@madoguchi/contracts';
import type { Runtime } from '@madoguchi/service';
import { itself } from '@madoguchi/service';
import { freeSlotFor, keepSeatFor, seekingAt } from '../store/free-seat-for.ts';
import { offerSeat, whoseTurn } from '../store/seat-turn.ts';
import { tryLockResident } from '../store/take-seat.ts';
import type { WaitingRow } from '../store/waiting-store.ts';
import { lockEntry, seatIsOnItsWay, waitingPage } from '../store/waiting-store.ts';

const OPERATION = 'reservations.seek-free-seats';
/** Entries that a run looks at: with runs two seconds apart, a list of a thousand is gone through in 80 s. */
const PAGE = 25;

/** Of a page of the list those for whom a free seat is seen, with nothing locked. */
function seekers(runtime: Runtime, who: Who, page: readonly WaitingRow[]): Promise<WaitingRow[]> {
  const now = runtime.clock.now();
  return runtime.database.transaction(who, async ({ query }) => {
    const found: WaitingRow[] = [];
    const seeking = await seekingAt(query, now);
    if (!seeking) return found;
    for (const entry of page) if (await freeSlotFor(query, entry, seeking)) found.push(entry);
    return found;
  });
}

/** @returns who was offered a seat: the one it was sought for, or somebody ahead of them */
function seekFor(runtime: Runtime, who: Who, waiting: WaitingRow): Promise<string | undefined> {
  const now = runtime.clock.now();
  return runtime.database.transaction(who, async (tx) => {
    if (!(await tryLockResident(tx, waiting.residentId))) return undefined;
    const entry = await lockEntry(tx.query, waiting.id, waiting.residentId);
    if (entry?.state !== 'waiting' || (await seatIsOnItsWay(tx.query, entry))) return undefined;
    const seat = await keepSeatFor(tx, entry, now);
    const turn = seat && (await whoseTurn(tx, seat, now));
    if (!seat || turn?.end !== 'owner') return undefined;
    await offerSeat(tx, seat, { ...turn.owner, now, operation: OPERATION });
    return turn.owner.entry.residentId;
  });
}

/** Until they have one themselves: each try that gives a seat to somebody ahead is an offer less to make. */
async function seek(runtime: Runtime, who: Who, waiting: WaitingRow): Promise<void> {
  for (;;) {
    const residentId = await seekFor(runtime, who, waiting);
    if (residentId === undefined) return;
    runtime.signal(signalSubjects.residentTouched, { residentId, by: 'reservations' });
    if (residentId === waiting.residentId) return;
  }
}

/**
 * The job: nobody waits beside a free seat. A seat becomes one that somebody may have without coming free: its
 * slot opens, a session is added, a rule or a day comes that lets them have it. The list is gone through page
 * by page, first come first, and from its head again.
 */
export function seekFreeSeats(runtime: Runtime): () => Promise<void> {
  let after: WaitingRow | undefined;
  return async () => {
    const who = itself(runtime);
    const page = await waitingPage(runtime.database.read, { after, limit: PAGE });
    after = page.length < PAGE ? undefined : page.at(-1);
    if (page.length === 0) return;
    for (const entry of await seekers(runtime, who, page)) await seek(runtime, who, entry);
  };
}
