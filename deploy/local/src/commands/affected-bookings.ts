import type {
  countAffectedBookings as CountAffectedBookings,
  ReplyOf,
  VenueImportReport,
} from '@madoguchi/contracts';
import { systemClock } from '@madoguchi/kernel';
import { countAffectedBookings } from '@madoguchi/reservations/count-affected-bookings/count-affected-bookings';
import { reservations } from '@madoguchi/reservations/service';
import { withService } from './open-service.ts';

type WouldChange = VenueImportReport['wouldChange'];
type Affected = ReplyOf<typeof CountAffectedBookings> | { notCounted: string } | undefined;

/** Whom a change of venues would hit, before it is made: counted as the console does, in numbers only. */
export async function affectedBookings(would: WouldChange): Promise<Affected> {
  if (would === undefined || would.venues.length === 0) return undefined;
  // A container has the rows of its own service only.
  if (process.env['VERIFY_KEYS'] !== undefined)
    return { notCounted: 'another place has the bookings' };
  const entries = would.venues.map((row) => ({ kind: 'venue' as const, row }));
  const { version } = would;
  const answer = await withService(reservations, ({ database, who }) =>
    countAffectedBookings({ database, clock: systemClock })({ entries, version }, { who }),
  );
  return answer.ok ? answer.value : { notCounted: answer.refusal.code };
}

/** The same in sentences. */
export function affectedLines(affected: Affected): string[] {
  if (affected === undefined) return [];
  if ('notCounted' in affected)
    return [`The bookings that this would hit were not counted: ${affected.notCounted}.`];
  const { bookings, toCall, onClosingDays, ofProductsTakenOff, outsideHours, byReason } = affected;
  if (toCall + onClosingDays + ofProductsTakenOff + outsideHours === 0)
    return [`None of ${bookings} bookings from tomorrow on would be hit.`];
  return [
    `Of ${bookings} bookings from tomorrow on, ${toCall} would come on the callback list, ${onClosingDays} are on days on which their venue would be closed, ${ofProductsTakenOff} of products that it would give no more, and ${outsideHours} outside its hours.`,
    ...byReason.map(({ reason, sentence, count }) => `  ${count}: ${sentence.ja} [${reason}]`),
  ];
}
