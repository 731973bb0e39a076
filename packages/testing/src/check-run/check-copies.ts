import type { Finding } from './finding.ts';
import type { RunRecord } from './read-record.ts';
import type { Tables } from './read-tables.ts';
import type { Booking } from './seats.ts';
import { slotOf } from './seats.ts';

/** A copy may be this old before what depends on it has to be refused. */
const STALE_AFTER_MS = 60_000;

/** No copy is older than what was told, and none that was too old allowed a booking. */
export function checkCopies(record: RunRecord, bookings: Booking[], tables: Tables): Finding[] {
  const findings: Finding[] = [];
  for (const [residentId, told] of record.told) {
    const version = tables.copies.get(residentId)?.version ?? 0;
    if (version < told.version)
      findings.push({ finding: 'stale_copy', residentId, version, told: told.version });
  }
  for (const { reservationId, residentId, slotId, book, later } of bookings) {
    const told = record.told.get(residentId);
    const copy = tables.copies.get(residentId);
    if (!told || copy?.version !== told.version) continue;
    for (const taking of [book, ...later.filter((one) => slotOf(one) !== '')]) {
      const taken = taking === book ? slotId : slotOf(taking);
      const day = tables.slots.get(taken)?.day;
      if (day === undefined || taking.sent < told.at + STALE_AFTER_MS) continue;
      const lives = copy.residency.some(({ from, to }) => from <= day && (to === null || day < to));
      if (!lives) findings.push({ finding: 'stale_copy_accepted', reservationId, residentId, day });
    }
  }
  return findings;
}
