import * as contract from '@madoguchi/contracts';
import { defineService, job, onSignal, operation, subscription } from '@madoguchi/service';
import { bookSlot } from './book-slot/book-slot.ts';
import { cancelReservation } from './cancel-reservation/cancel-reservation.ts';
import { changeReservation } from './change-reservation/change-reservation.ts';
import { checkEligibility } from './check-eligibility/check-eligibility.ts';
import { reservationsConfig } from './config.ts';
import { fillCatalogue } from './copies/fill-catalogue.ts';
import { followCatalogue } from './copies/follow-catalogue.ts';
import { followFeed } from './copies/follow-feed.ts';
import { followDoses } from './copies/follow-doses.ts';
import { followResidents } from './copies/follow-residents.ts';
import { fillResidents } from './copies/rebuild-residents.ts';
import { endHolds, endHoldsIn, expireHolds } from './expire-holds/expire-holds.ts';
import { forgetUses } from './expire-holds/forget-uses.ts';
import { findFreeSlots } from './find-free-slots/find-free-slots.ts';
import { PrismaClient } from './generated/client.ts';
import { groupParts } from './group-parts.ts';
import { holdSlot } from './hold-slot/hold-slot.ts';
import { recheckReservations } from './recheck-reservations/recheck-reservations.ts';
import { releaseHold } from './hold-slot/release-hold.ts';
import { listReservations } from './list-reservations/list-reservations.ts';
import { listVenues } from './list-venues/list-venues.ts';
import { printDaySheet } from './print-day-sheet/print-day-sheet.ts';
import { remindBookings } from './remind-bookings/remind-bookings.ts';
import { sessionParts } from './session-parts.ts';
import { releaseWorkItem } from './store/work-item-store.ts';
import { venueDayParts } from './venue-day-parts.ts';
import { waitingListParts } from './waiting-list-parts.ts';
import { worklistParts } from './worklist-parts.ts';
import { tryRules } from './try-rules/try-rules.ts';

/** Sessions and slots, holds, reservations. */
export const reservations = defineService({
  name: 'reservations',
  config: reservationsConfig,
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
    operation(contract.tryRules, tryRules(runtime)),
    operation(contract.holdSlot, holdSlot(runtime)),
    operation(contract.releaseHold, releaseHold(runtime)),
    operation(contract.bookSlot, bookSlot(runtime), { concurrency: 512, waiting: 8_192 }),
    operation(contract.changeReservation, changeReservation(runtime)),
    operation(contract.cancelReservation, cancelReservation(runtime)),
    operation(contract.listReservations, listReservations(runtime)),
    operation(contract.printDaySheet, printDaySheet(runtime), { concurrency: 1 }),
    ...sessionParts(runtime),
    ...worklistParts(runtime),
    ...waitingListParts(runtime),
    ...groupParts(runtime),
    ...venueDayParts(runtime),
    subscription(
      'residents',
      [contract.residentsChanged, contract.registryAlive],
      followFeed(followResidents),
    ),
    subscription(
      'catalogue',
      [contract.catalogueChanged, contract.programmeAlive],
      followFeed(followCatalogue),
    ),
    subscription(
      'doses',
      [contract.dosesRecorded, contract.healthRecordsAlive],
      followFeed(followDoses),
    ),
    subscription('case-ends', [contract.caseEnded], async (event, tx) => {
      const { caseId } = event.payload;
      await endHoldsIn(tx, { caseId }, runtime.clock.now());
      await releaseWorkItem(tx, { caseId });
    }),
    onSignal(contract.signalSubjects.caseEnded, (data) => {
      const { caseId } = contract.CaseEndedSignal.parse(data);
      void endHolds(runtime, { caseId }).catch((error: unknown) =>
        runtime.telemetry.log.warn({ err: error }, 'holds of an ended case wait for the event'),
      );
    }),
    job('fill-residents', 60_000, fillResidents(runtime)),
    job('fill-catalogue', 60_000, fillCatalogue(runtime)),
    job('recheck-reservations', 5_000, recheckReservations(runtime)),
    job('remind-bookings', 600_000, remindBookings(runtime)),
    job('expire-holds', 1_000, expireHolds(runtime)),
    job('forget-uses', 3_600_000, forgetUses(runtime)),
  ],
});
