import type { ReactNode } from 'react';
import { Badge } from '../design/badge.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import type { VenueDay } from '../gateway/contract-types.ts';
import type { QueryState } from '../gateway/use-query.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { attendanceNames } from '../messages/names.ts';
import { venueDayMessages } from '../messages/venue-day-messages.ts';

type DaySlot = VenueDay['slots'][number];
const COUNTS = ['capacity', 'expected', 'attended', 'turnedBack', 'missed', 'walkInSeats'] as const;

/** How the day goes, by start, in numbers. */
export function DayOverview({ day }: { day: QueryState<VenueDay> }): ReactNode {
  const { t } = useLanguage();
  const slots = day.value?.slots;
  if (slots === undefined)
    return day.problem === undefined ? (
      <p className="empty">{t(general.loading)}</p>
    ) : (
      <ProblemNotice problem={day.problem} />
    );
  if (slots.length === 0) return <p className="empty">{t(venueDayMessages.noSlots)}</p>;
  const heads = {
    capacity: venueDayMessages.seats,
    expected: venueDayMessages.expected,
    attended: attendanceNames.attended,
    turnedBack: attendanceNames['turned-back'],
    missed: attendanceNames.missed,
    walkInSeats: venueDayMessages.walkInSeats,
  };
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t(venueDayMessages.time)}</th>
          {COUNTS.map((count) => (
            <th key={count} scope="col" className="number">
              {t(heads[count])}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">{t(venueDayMessages.total)}</th>
          {COUNTS.map((count) => (
            <td key={count} className="number">
              <strong>{slots.reduce((sum, slot) => sum + slot[count], 0)}</strong>
            </td>
          ))}
        </tr>
        {slots.map((slot) => (
          <SlotLine key={slot.slotId} slot={slot} />
        ))}
      </tbody>
    </table>
  );
}

function SlotLine({ slot }: { slot: DaySlot }): ReactNode {
  const { t } = useLanguage();
  return (
    <tr>
      <th scope="row" className="figures">
        {slot.startsAt}{' '}
        {slot.closed ? <Badge tone="warn">{t(venueDayMessages.closed)}</Badge> : null}
      </th>
      {COUNTS.map((count) => (
        <td key={count} className="number">
          {slot[count]}
        </td>
      ))}
    </tr>
  );
}
