import type { Purpose } from '@madoguchi/contracts';

/** For what a person must have been opened to take seats for them. */
const BOOKING: readonly Purpose[] = ['reservation', 'outreach', 'keypad', 'web'];

export const mayBook = (purposes: readonly Purpose[]): boolean =>
  purposes.some((purpose) => BOOKING.includes(purpose));

/**
 * Why a day is refused tells of doses and bookings, so it is said where both may be spoken of: not to who only
 * sends a ticket anew.
 */
const SEEKING: readonly Purpose[] = [...BOOKING, 'venue-day', 'own-record', 'application'];

export const mayLookForSeats = (purposes: readonly Purpose[]): boolean =>
  purposes.some((purpose) => SEEKING.includes(purpose));

/** At the venue somebody is opened for the day there, or to be booked. */
export const mayServeVisitor = (purposes: readonly Purpose[]): boolean =>
  purposes.includes('venue-day') || purposes.includes('reservation');

/** Who comes first is kept in an application, and told again in that or where somebody asks for what is kept of them. */
export const mayKeepLists = (purposes: readonly Purpose[]): boolean =>
  purposes.includes('application');
export const mayReadLists = (purposes: readonly Purpose[]): boolean =>
  mayKeepLists(purposes) || purposes.includes('disclosure-request');
