import type { Gateway } from '../gateway/gateway.ts';
import type { AskNear } from './next-best.ts';
import { ANY } from './slot-criteria.ts';

/** Slots of a day at a venue are all among as many. */
const LIMIT = 50;

type Wanted = {
  residentId: string;
  doseNumber: number;
  productCode?: string;
  /** The booking that is to be moved. */
  movingReservationId?: string;
};

/** Asks for slots of one person, of the product they wish, whatever the time of day. */
export const askNear =
  (gateway: Pick<Gateway, 'findFreeSlots'>, wanted: Wanted): AskNear =>
  async ({ from, to, venueCode }) => {
    const { residentId, doseNumber, productCode = ANY, movingReservationId } = wanted;
    const answer = await gateway.findFreeSlots({
      residentId,
      doseNumber,
      from,
      to,
      ...(movingReservationId === undefined ? {} : { movingReservationId }),
      ...(productCode === ANY ? {} : { productCode }),
      ...(venueCode === undefined ? {} : { venueCodes: [venueCode] }),
      view: 'slots',
      limit: LIMIT,
    });
    return answer.ok ? { ok: true, value: answer.value.slots } : answer;
  };
