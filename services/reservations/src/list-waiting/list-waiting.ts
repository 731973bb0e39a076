import type { EntityOf, listWaiting as ListWaiting } from '@madoguchi/contracts';
import { WaitingEntryView } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import { project } from '@madoguchi/policy';
import type { Runtime } from '@madoguchi/service';
import { openOffersOf } from '../store/offer-store.ts';
import { slotsById, slotView } from '../store/slot-store.ts';
import type { WaitingRow } from '../store/waiting-store.ts';
import { aheadOf, entriesOf, passesOf } from '../store/waiting-store.ts';

type Entity = EntityOf<(typeof WaitingEntryView)['fields']>;

function seatsOf(row: WaitingRow): Entity['seats'] {
  return {
    doseNumber: row.doseNumber,
    from: row.from,
    to: row.to,
    ...(row.venueCode === null ? {} : { venueCode: row.venueCode }),
    ...(row.town === null ? {} : { town: row.town }),
    ...(row.productCode === null ? {} : { productCode: row.productCode }),
    ...(row.timeFrom === null ? {} : { timeFrom: row.timeFrom }),
    ...(row.timeTo === null ? {} : { timeTo: row.timeTo }),
  };
}

async function entitiesOf(query: Query, residentId: string): Promise<Entity[]> {
  const rows = await entriesOf(query, residentId);
  const ids = rows.map((row) => row.id);
  const offers = await openOffersOf(query, ids);
  const passes = await passesOf(query, ids);
  const ahead = await aheadOf(query, ids);
  const slots = await slotsById(
    query,
    offers.map((offer) => offer.slotId),
  );
  return rows.map((row) => {
    const offer = offers.find((one) => one.entryId === row.id);
    const slot = offer && slots.get(offer.slotId);
    return {
      entryId: row.id,
      ticketNumber: row.ticketNumber,
      state: row.state,
      reach: row.reach,
      seats: seatsOf(row),
      joinedAt: row.joinedAt.toISOString(),
      ahead: ahead.find((one) => one.entryId === row.id)?.ahead ?? null,
      offersMissed: row.offersMissed,
      offer:
        offer && slot
          ? {
              offerId: offer.id,
              slot: slotView(slot, 0),
              offeredAt: offer.offeredAt.toISOString(),
              expiresAt: offer.expiresAt.toISOString(),
            }
          : null,
      passedOver: passes
        .filter((pass) => pass.entryId === row.id)
        .map(({ code, times }) => ({ code, times })),
    };
  });
}

/** What the resident of a grant waits for; audited before it leaves. */
export function listWaiting(runtime: Runtime): Handler<typeof ListWaiting> {
  return async (request, context) => {
    const { grant } = context;
    if (!grant) return refuse('grant_required');
    const entries = await runtime.database.transaction(context.who, async (tx) => {
      const found = await entitiesOf(tx.query, request.residentId);
      tx.audit({
        action: 'disclosure',
        operation: 'reservations.list-waiting',
        outcome: 'done',
        residents: [request.residentId],
        fieldClasses: grant.classes.booking === 'none' ? [] : ['booking'],
        purpose: grant.purposes[0],
        detail: { rows: found.length },
      });
      return found;
    });
    return ok({ entries: entries.map((one) => project(WaitingEntryView, one, grant.classes)) });
  };
}
