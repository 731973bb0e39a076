import type { Finding } from './finding.ts';
import type { RunRecord } from './read-record.ts';
import type { Tables } from './read-tables.ts';
import { MARK, text } from './seats.ts';

const WALK_IN = 'reservations.book-walk-in';

/** The day at the venue: what was said of a visitor stands there, until something else was said. */
export function checkVisits({ commands }: RunRecord, tables: Tables): Finding[] {
  const touched = new Set<string>();
  const findings = commands
    .filter(({ operation, outcome }) => operation === MARK && outcome !== 'refused')
    .flatMap(({ value, request, outcome }): Finding[] => {
      const reservationId = text(value['reservationId']) || text(request['reservationId']);
      touched.add(reservationId);
      if (outcome !== 'done') return [];
      const row = tables.reservations.get(reservationId);
      const version = Number(value['version']);
      if (
        row &&
        (row.version > version || (row.version === version && row.state === value['state']))
      )
        return [];
      return [
        {
          finding: 'attendance_lost',
          reservationId,
          state: value['state'],
          is: row?.state ?? 'none',
        },
      ];
    });
  // A mark by a number that was never answered names no booking: it may be anybody's.
  const unnamed = touched.has('');
  const walkIns = commands
    .filter(({ operation, outcome }) => operation === WALK_IN && outcome === 'done')
    .map(({ value }) => text(value['reservationId']))
    .filter(
      (id) => !unnamed && !touched.has(id) && tables.reservations.get(id)?.state !== 'attended',
    )
    .map((reservationId) => ({
      finding: 'attendance_lost' as const,
      reservationId,
      state: 'attended',
      is: tables.reservations.get(reservationId)?.state ?? 'none',
    }));
  return [...findings, ...walkIns];
}
