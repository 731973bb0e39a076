import type { ActorClaims } from '@madoguchi/contracts';

/** Is this person bound to the venues they work at? Only staff of a venue are. */
export const isOfVenue = ({ role }: Pick<ActorClaims, 'role'>): boolean => role === 'venue-staff';

/** Does this person work at the venue today? */
export const worksAt = (
  actor: Pick<ActorClaims, 'role' | 'venueCodes'>,
  venueCode: string,
): boolean => !isOfVenue(actor) || (actor.venueCodes ?? []).includes(venueCode);
