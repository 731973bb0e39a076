import type { ActorClaims } from '@madoguchi/contracts';

/** Does this person work at the venue today? Only staff of a venue are bound to one. */
export const worksAt = (
  actor: Pick<ActorClaims, 'role' | 'venueCodes'>,
  venueCode: string,
): boolean => actor.role !== 'venue-staff' || (actor.venueCodes ?? []).includes(venueCode);
