/** Why somebody has to be called. */
export const WORK_ITEM_KINDS = [
  /** The venue or session of a booking was closed. */
  'session-closed',
  /** More are booked than there are seats after a cut. */
  'capacity-cut',
  /** Rules changed, and a booking no longer follows them. */
  'rules-changed',
  /** A freed seat waits for somebody who only has a telephone. */
  'waitlist-offer',
  /** Anything else somebody was promised a call for. */
  'callback',
] as const;
export type WorkItemKind = (typeof WORK_ITEM_KINDS)[number];

/** How a call ended; `unreachable` brings the item back later. */
export const WORK_ITEM_OUTCOMES = [
  'moved',
  'cancelled',
  'kept',
  'booked',
  'declined',
  'unreachable',
] as const;
export type WorkItemOutcome = (typeof WORK_ITEM_OUTCOMES)[number];

/** What can be said of a call about each kind of matter. Complete by type. */
export const OUTCOMES_OF: Record<WorkItemKind, readonly WorkItemOutcome[]> = {
  'session-closed': ['moved', 'cancelled', 'kept', 'unreachable'],
  'capacity-cut': ['moved', 'cancelled', 'kept', 'unreachable'],
  'rules-changed': ['moved', 'cancelled', 'kept', 'unreachable'],
  'waitlist-offer': ['booked', 'declined', 'unreachable'],
  callback: ['moved', 'cancelled', 'kept', 'booked', 'declined', 'unreachable'],
};
