import type { ATTENDANCE, RESERVATION_STATES } from '@madoguchi/contracts';

export type ReservationState = (typeof RESERVATION_STATES)[number];
export type Attendance = (typeof ATTENDANCE)[number];

/** What can be said of a booking at the venue; a slip of the hand is corrected the same day. */
export const CAN_BECOME: Record<ReservationState, readonly Attendance[]> = {
  booked: ['attended', 'missed', 'turned-back'],
  attended: ['missed', 'turned-back'],
  missed: ['attended', 'turned-back'],
  'turned-back': ['attended', 'missed'],
  cancelled: [],
};

export type Visit = {
  state: ReservationState;
  version: number;
  startsAt: Date;
  /** The dose was booked anew meanwhile. */
  bookedAnew: boolean;
};

/** May a booking of today be marked so now? Nobody has missed what has not begun. */
export function decideAttendance(
  visit: Visit,
  asked: { outcome: Attendance; expectedVersion?: number | undefined },
  now: Date,
): 'marked' | 'changed-meanwhile' | 'not-changeable' {
  const { outcome, expectedVersion } = asked;
  if (expectedVersion !== undefined && expectedVersion !== visit.version)
    return 'changed-meanwhile';
  if (!CAN_BECOME[visit.state].includes(outcome)) return 'not-changeable';
  if (outcome === 'missed' && now < visit.startsAt) return 'not-changeable';
  return outcome === 'attended' && visit.bookedAnew ? 'not-changeable' : 'marked';
}
