import type { Who } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import { newId, tokyoDate } from '@madoguchi/kernel';
import type { Runtime } from '@madoguchi/service';

const OPERATION = 'reservations.end-waiting';
/** As many as one audit entry can name. */
const MOST = 500;

async function endSome(tx: Transaction, today: string): Promise<number> {
  const ended = await tx.query<{ residentId: string }>(
    `UPDATE waiting_entry e SET state = 'ended', version = version + 1,
       end_reason = CASE WHEN e.day_to < $1::date THEN 'range-over' ELSE 'served' END
     WHERE e.id IN (
       SELECT w.id FROM waiting_entry w WHERE w.state = 'waiting' AND (w.day_to < $1::date
         OR EXISTS (SELECT 1 FROM reservation r WHERE r.resident_id = w.resident_id
           AND r.dose_number = w.dose_number AND r.state IN ('booked', 'attended'))
         OR EXISTS (SELECT 1 FROM dose_copy d WHERE d.resident_id = w.resident_id
           AND d.dose_number = w.dose_number))
       ORDER BY w.id LIMIT $2 FOR UPDATE SKIP LOCKED)
     RETURNING e.resident_id AS "residentId"`,
    [today, MOST],
  );
  if (ended.length > 0)
    tx.audit({
      action: 'change',
      operation: OPERATION,
      outcome: 'done',
      residents: ended.map((one) => one.residentId),
    });
  return ended.length;
}

/** The job: who waits for days that are over, or has the dose or a booking of it, waits no longer. */
export const endWaiting = (runtime: Runtime) => async (): Promise<void> => {
  const who: Who = {
    municipalityCode: runtime.config.MUNICIPALITY_CODE,
    actorId: 'reservations',
    role: 'service',
    correlationId: newId(),
  };
  const today = tokyoDate(runtime.clock.now());
  for (;;) {
    const ended = await runtime.database.transaction(who, (tx) => endSome(tx, today));
    if (ended < MOST) return;
  }
};
