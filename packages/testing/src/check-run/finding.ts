/** What can be wrong after a run. */
export type FindingCode =
  /** Rows on a slot are more than its seats. */
  | 'over_capacity'
  /** At some moment of the run more seats were surely taken than there were. */
  | 'over_capacity_moment'
  /** A slot's counts are not those of its rows. */
  | 'count_differs'
  | 'channel_count_differs'
  /** A channel took what was promised to another. */
  | 'promise_broken'
  /** A channel was refused although it had not had what it was promised. */
  | 'promise_not_kept'
  /** Two live bookings of a resident for one dose: in the tables, or at a moment of the run. */
  | 'double_booking'
  | 'double_booking_moment'
  /** A later dose is booked on or before the day of the one before it. */
  | 'dose_order'
  /** What was acknowledged is not there. */
  | 'booking_lost'
  | 'cancellation_lost'
  | 'change_lost'
  | 'hold_lost'
  /** A hold outlived its time, its release, its booking or its case. */
  | 'hold_never_released'
  /** One key, two answers; or more bookings than commands. */
  | 'replay_differs'
  | 'key_counted_twice'
  | 'unexplained_booking'
  /** A seat taken before its slot opened, after it closed, or while its session was closed. */
  | 'taken_while_shut'
  /** Booked in a session that was closed, and on no worklist. */
  | 'nobody_called'
  /** On the seats of another channel than the one it was asked for through. */
  | 'channel_differs'
  /** Two bookings under one confirmation number. */
  | 'number_twice'
  /** One booking was cancelled by two commands. */
  | 'cancelled_twice'
  /** A caller was told "full" although too few can have had a seat. */
  | 'freed_seat_missing'
  /** A pair or group of which some doses are booked and some are not; who wanted to sit together does not. */
  | 'half_done'
  | 'group_apart'
  | 'companion_apart'
  /** What was said of a visitor is not there. */
  | 'attendance_lost'
  /** What was answered about the waiting list is not there. */
  | 'waiting_lost'
  /** A seat kept for two, or for nobody; a list that was not asked in its order. */
  | 'seat_offered_twice'
  | 'waiting_order'
  | 'waiting_state_differs'
  | 'kept_seat_forgotten'
  /** Somebody waits while a seat that could be theirs stands free. */
  | 'waits_beside_free_seat'
  /** The copy of a resident is older than what was told, or allowed what it should have refused. */
  | 'stale_copy'
  | 'stale_copy_accepted'
  /** Changes and events, or entries of the audit log, do not match. */
  | 'event_missing'
  | 'event_twice'
  | 'event_differs'
  | 'events_waiting'
  | 'audit_gap';

/** One thing that is wrong, with the opaque ids that show it. */
export type Finding = { finding: FindingCode } & Readonly<Record<string, unknown>>;
