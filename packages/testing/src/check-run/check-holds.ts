import type { Finding } from './finding.ts';
import { HOLD_GRACE_MS } from './check-tables.ts';
import type { Tables } from './read-tables.ts';
import type { Stay } from './seats.ts';

/** A hold is there while it has to be, and gone when it has to be. */
export function checkHolds(stays: readonly Stay[], tables: Tables): Finding[] {
  return stays
    .filter(({ what, id }) => what === 'hold' && id !== '')
    .flatMap(({ id, slotId, sure, possible, endedAt = Infinity }): Finding[] => {
      const row = tables.holds.get(id);
      // Ended, or past the time that was answered; past its own time it is found by the tables alone.
      const over = Math.min(endedAt, possible.to) < tables.now;
      if (row && over && row.expiresAt > tables.now)
        return [{ finding: 'hold_never_released', holdId: id, slotId }];
      if (!row && sure && sure.from < sure.to && sure.to > tables.now + HOLD_GRACE_MS)
        return [{ finding: 'hold_lost', holdId: id, slotId }];
      return [];
    });
}
