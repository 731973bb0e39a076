import type { Who } from '@madoguchi/contracts';
import { signalSubjects } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import type { Runtime } from '@madoguchi/service';
import { itself } from '@madoguchi/service';
import type { KeptSeat } from '../store/freed-seat.ts';
import { nextKeptSeat } from '../store/freed-seat.ts';
import type { SeatTurn } from '../store/seat-turn.ts';
import { offerSeat, whoseTurn } from '../store/seat-turn.ts';

const OPERATION = 'reservations.offer-freed-seats';
/** Seats a run looks at, so that the job can be stopped. */
const MOST_SEATS = 500;

/** Those whose turn comes later are asked at the next run. */
type Outcome = { end: 'offered'; residentId: string } | Exclude<SeatTurn, { end: 'owner' }>;

async function findOwner(runtime: Runtime, tx: Transaction, seat: KeptSeat): Promise<Outcome> {
  const now = runtime.clock.now();
  const turn = await whoseTurn(tx, seat, now);
  if (turn.end !== 'owner') return turn;
  await offerSeat(tx, seat, { ...turn.owner, now, operation: OPERATION });
  return { end: 'offered', residentId: turn.owner.entry.residentId };
}

/** The next seat's turn in a transaction of its own; what fails there stays kept and stops no other seat. */
async function offerNext(
  runtime: Runtime,
  who: Who,
  later: string[],
): Promise<Outcome | undefined> {
  let trying: KeptSeat | undefined;
  try {
    return await runtime.database.transaction(who, async (tx) => {
      const seat = await nextKeptSeat(tx.query, later);
      if (!seat) return undefined;
      trying = seat;
      const found = await findOwner(runtime, tx, seat);
      // It stays kept meanwhile, so that nobody gets in between.
      if (found.end === 'later') later.push(seat.id);
      return found;
    });
  } catch (error) {
    if (!trying) throw error;
    runtime.telemetry.log.warn({ slotId: trying.slotId, err: error }, 'a kept seat waits');
    later.push(trying.id);
    return { end: 'later' };
  }
}

/** The job: every kept seat goes to the head of its list, or back to all when nobody can have it. */
export const offerFreedSeats = (runtime: Runtime) => async (): Promise<void> => {
  const who = itself(runtime);
  const later: string[] = [];
  for (let count = 0; count < MOST_SEATS; count += 1) {
    const outcome = await offerNext(runtime, who, later);
    if (!outcome) return;
    if (outcome.end === 'offered')
      runtime.signal(signalSubjects.residentTouched, {
        residentId: outcome.residentId,
        by: 'reservations',
      });
  }
};
