import type { CalendarDate } from '@madoguchi/kernel';

/** A venue where somebody works, from a day to a day, both included; `to` null is until further notice. */
export type VenueAssignment = { venueCode: string; from: CalendarDate; to: CalendarDate | null };

/** Where somebody works on a day, in the order of the codes. */
export const venuesOn = (assignments: readonly VenueAssignment[], day: CalendarDate): string[] =>
  assignments
    .filter(({ from, to }) => from <= day && (to === null || day <= to))
    .map(({ venueCode }) => venueCode)
    .toSorted();
