import * as contract from '@madoguchi/contracts';
import { defineService, job, onSignal, operation, subscription } from '@madoguchi/service';
import { bookSlot } from './book-slot/book-slot.ts';
import { cancelReservation } from './cancel-reservation/cancel-reservation.ts';
import { changeReservation } from './change-reservation/change-reservation.ts';
import { checkEligibility } from './check-eligibility/check-eligibility.ts';
import { fillCatalogue } from './copies/fill-catalogue.ts';
import { followCatalogue } from './copies/follow-catalogue.ts';
import { followDoses } from './copies/follow-doses.ts';
import { followResidents } from './copies/follow-residents.ts';
import { fillResidents } from './copies/rebuild-residents.ts';
import { endHolds, endHoldsIn, expireHolds } from './expire-holds/expire-holds.ts';
import { finishWorkItem } from './finish-work-item/finish-work-item.ts';
import { forgetUses } from './expire-holds/forget-uses.ts';
import { findFreeSlots } from './find-free-slots/find-free-slots.ts';
import { PrismaClient } from './generated/client.ts';
import { holdSlot } from './hold-slot/hold-slot.ts';
import { releaseHold } from './hold-slot/release-hold.ts';
import { listReservations } from './list-reservations/list-reservations.ts';
import { listVenues } from './list-venues/list-venues.ts';
import { listWorkItems } from './list-work-items/list-work-items.ts';
import { releaseAbandoned } from './release-work-items/release-abandoned.ts';
import { releaseWorkItem } from './release-work-items/release-work-item.ts';
import { settleWorkItems } from './settle-work-items/settle-work-items.ts';
import { releaseWorkItem as releaseItem } from './store/work-item-store.ts';
import { suggestAlternatives } from './suggest-alternatives/suggest-alternatives.ts';
import { takeWorkItem } from './take-work-item/take-work-item.ts';
import { waitingListParts } from './waiting-list-parts.ts';

/** Sessions and slots, holds, reservations. */
export const reservations = defineService({
  name: 'reservations',
  config: {},
  prisma: {
    directory: new URL('../prisma/', import.meta.url),
    client: (adapter) => new PrismaClient({ adapter }),
    // Every statement goes by a key. A plan that was made and kept while a table was nearly empty must not
    // read all of it an hour later, when a programme has opened and everybody books.
    settings: { enable_seqscan: 'off', jit: 'off' },
  },
  wire: (runtime) => [
    operation(contract.listVenues, listVenues(runtime)),
    operation(contract.findFreeSlots, findFreeSlots(runtime)),
    operation(contract.checkEligibility, checkEligibility(runtime)),
    operation(contract.holdSlot, holdSlot(runtime)),
    operation(contract.releaseHold, releaseHold(runtime)),
    operation(contract.bookSlot, bookSlot(runtime)),
    operation(contract.changeReservation, changeReservation(runtime)),
    operation(contract.cancelReservation, cancelReservation(runtime)),
    operation(contract.listReservations, listReservations(runtime)),
    operation(contract.listWorkItems, listWorkItems(runtime)),
    operation(contract.takeWorkItem, takeWorkItem(runtime)),
    operation(contract.releaseWorkItem, releaseWorkItem(runtime)),
    operation(contract.finishWorkItem, finishWorkItem(runtime)),
    operation(contract.suggestAlternatives, suggestAlternatives(runtime)),
    ...waitingListParts(runtime),
    subscription('residents', [contract.residentsChanged], followResidents),
    subscription('catalogue', [contract.catalogueChanged], followCatalogue),
    subscription('doses', [contract.dosesRecorded], followDoses),
    subscription('case-ends', [contract.caseEnded], async (event, tx) => {
      const { caseId } = event.payload;
      await endHoldsIn(tx, { caseId }, runtime.clock.now());
      await releaseItem(tx, { caseId });
    }),
    onSignal(contract.signalSubjects.caseEnded, (data) => {
      const { caseId } = contract.CaseEndedSignal.parse(data);
      void endHolds(runtime, { caseId }).catch((error: unknown) =>
        runtime.telemetry.log.warn({ err: error }, 'holds of an ended case wait for the event'),
      );
    }),
    job('fill-residents', 60_000, fillResidents(runtime)),
    job('settle-work-items', 5_000, settleWorkItems(runtime)),
    job('release-abandoned', 60_000, releaseAbandoned(runtime)),
    job('fill-catalogue', 60_000, fillCatalogue(runtime)),
    job('expire-holds', 1_000, expireHolds(runtime)),
    job('forget-uses', 3_600_000, forgetUses(runtime)),
  ],
});
