import type { Verified } from '../gateway/contract-types.ts';

/**
 * The dose the caller most likely asks for: that of the first ticket not used and not booked yet, else
 * the one after the last given or booked. Undefined while the parts it follows from are on their way.
 */
export function nextDose(verified: Verified): number | undefined {
  const { tickets, doses, reservations } = verified;
  if ([tickets, doses, reservations].some((part) => part.state === 'loading')) return undefined;
  const booked = (reservations.state === 'ready' ? reservations.value : [])
    .filter(({ state }) => state === 'booked')
    .map(({ doseNumber }) => doseNumber ?? 0);
  const given = (doses.state === 'ready' ? doses.value : []).map(
    ({ doseNumber }) => doseNumber ?? 0,
  );
  const open = (tickets.state === 'ready' ? tickets.value : [])
    .filter(({ state }) => state === 'issued')
    .map(({ doseNumber }) => doseNumber ?? 0)
    .filter((dose) => dose > 0 && !booked.includes(dose) && !given.includes(dose));
  return open.length > 0 ? Math.min(...open) : Math.max(0, ...given, ...booked) + 1;
}
