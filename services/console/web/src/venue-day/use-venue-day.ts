import { useGateway } from '../gateway/gateway-context.tsx';
import { useEvery } from '../gateway/use-every.ts';
import { useQuery } from '../gateway/use-query.ts';

const REFRESH_MS = 20_000;

/** The day of a venue in numbers, read again while others record visits too. */
export function useVenueDay(venueCode: string) {
  const gateway = useGateway();
  const day = useQuery(() => gateway.showVenueDay({ venueCode }));
  useEvery(REFRESH_MS, day.reload);
  return day;
}
