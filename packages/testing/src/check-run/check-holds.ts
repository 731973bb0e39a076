import type { Finding } from './finding.ts';
import { HOLD_GRACE_MS } from './check-tables.ts';
import type { Tables } from './read-tables.ts';
import type { Stay } from './seats.ts';

/** A hold is there while it has to be, and gone when it has to be. */
export function checkHolds(stays: readonly Stay[], tables: Tables): Finding[] {
  return stays
    .filter(({ what, id }) => what === 'hold' && id !== '')
    .flatMap(({ id, slotId, sure, possible, endedAt = Infinity }): Finding[] => {
      const there = tables.holds.has(id);
      // The time that was answered, whatever the row says now.
      if (there && possible.to < tables.now && (tables.holds.get(id)?.expiresAt ?? 0) > tables.now)
        return [{ finding: 'hold_never_released', holdId: id, slotId }];
      // Past its time it is found by the tables alone.
      if (there && endedAt < tables.now && (tables.holds.get(id)?.expiresAt ?? 0) > tables.now)
        return [{ finding: 'hold_never_released', holdId: id, slotId }];
      if (!there && sure && sure.from < sure.to && sure.to > tables.now + HOLD_GRACE_MS)
        return [{ finding: 'hold_lost', holdId: id, slotId }];
      return [];
    });
}
