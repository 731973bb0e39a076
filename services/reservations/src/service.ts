import * as contract from '@madoguchi/contracts';
import type { Part, Runtime } from '@madoguchi/service';
import { defineService, job, onSignal, operation, subscription } from '@madoguchi/service';
import { acceptOffer } from './accept-offer/accept-offer.ts';
import { bookCompanion } from './book-companion/book-companion.ts';
import { bookGroup } from './book-group/book-group.ts';
import { bookPair } from './book-pair/book-pair.ts';
import { bookSlot } from './book-slot/book-slot.ts';
import { bookWalkIn } from './book-walk-in/book-walk-in.ts';
import { cancelReservation } from './cancel-reservation/cancel-reservation.ts';
import { changeCapacity } from './change-capacity/change-capacity.ts';
import { changeReservation } from './change-reservation/change-reservation.ts';
import { changeSettings } from './change-settings/change-settings.ts';
import { checkEligibility } from './check-eligibility/check-eligibility.ts';
import { countWaiting } from './count-waiting/count-waiting.ts';
import { countAffectedBookings } from './count-affected-bookings/count-affected-bookings.ts';
import { closeSession } from './close-session/close-session.ts';
import { closeVenueDays } from './close-session/close-venue-days.ts';
import { reservationsConfig } from './config.ts';
import { confirmEmergencyClosing } from './confirm-emergency/confirm-emergency-closing.ts';
import { listEmergencyClosings } from './confirm-emergency/list-emergency-closings.ts';
import { fillCatalogue } from './copies/fill-catalogue.ts';
import { followApprovals } from './copies/follow-approvals.ts';
import { followCatalogue } from './copies/follow-catalogue.ts';
import { followDoses } from './copies/follow-doses.ts';
import { followFeed } from './copies/follow-feed.ts';
import { followResidents } from './copies/follow-residents.ts';
import { fillDoses } from './copies/rebuild-doses.ts';
import { fillResidents } from './copies/rebuild-residents.ts';
import { copySessions } from './copy-sessions/copy-sessions.ts';
import { declineOffer } from './decline-offer/decline-offer.ts';
import { endWaiting } from './end-waiting/end-waiting.ts';
import { endHolds, endHoldsIn, expireHolds } from './expire-holds/expire-holds.ts';
import { forgetUses } from './expire-holds/forget-uses.ts';
import { expireOffers } from './expire-offers/expire-offers.ts';
import { exportSessions } from './export-sessions/export-sessions.ts';
import { findFreeSlots } from './find-free-slots/find-free-slots.ts';
import { findGroupSlots } from './find-group-slots/find-group-slots.ts';
import { findReservation } from './find-reservation/find-reservation.ts';
import { findVisitor } from './find-visitor/find-visitor.ts';
import { finishWorkItem } from './finish-work-item/finish-work-item.ts';
import { PrismaClient } from './generated/client.ts';
import { holdSlot } from './hold-slot/hold-slot.ts';
import { releaseHold } from './hold-slot/release-hold.ts';
import { importGroupMembers } from './import-group-members/import-group-members.ts';
import { importSessions } from './import-sessions/import-sessions.ts';
import { joinWaitingList } from './join-waiting-list/join-waiting-list.ts';
import { endGroupMember } from './keep-group-members/end-group-member.ts';
import { enterGroupMember } from './keep-group-members/enter-group-member.ts';
import { listMemberships } from './keep-group-members/list-memberships.ts';
import { leaveWaitingList } from './leave-waiting-list/leave-waiting-list.ts';
import { listListedGroups } from './list-listed-groups/list-listed-groups.ts';
import { listReservations } from './list-reservations/list-reservations.ts';
import { listSessions } from './list-sessions/list-sessions.ts';
import { listVenues } from './list-venues/list-venues.ts';
import { listWaiting } from './list-waiting/list-waiting.ts';
import { listWorkItems } from './list-work-items/list-work-items.ts';
import { offerFreedSeats } from './offer-freed-seats/offer-freed-seats.ts';
import { openSession } from './open-session/open-session.ts';
import { applyQuotas } from './plan-quotas/apply-quotas.ts';
import { planQuotas } from './plan-quotas/plan-quotas.ts';
import { printDaySheet } from './print-day-sheet/print-day-sheet.ts';
import { proposePair } from './propose-pair/propose-pair.ts';
import { proposeSessionChange } from './propose-session-change/propose-session-change.ts';
import { showSessionChange } from './propose-session-change/show-session-change.ts';
import { recheckReservations } from './recheck-reservations/recheck-reservations.ts';
import { recordAttendance } from './record-attendance/record-attendance.ts';
import { releaseAbandoned } from './release-work-items/release-abandoned.ts';
import { releaseWorkItem } from './release-work-items/release-work-item.ts';
import { remindBookings } from './remind-bookings/remind-bookings.ts';
import { reopenSession } from './reopen-session/reopen-session.ts';
import { seekFreeSeats } from './seek-free-seats/seek-free-seats.ts';
import { showSettings } from './show-settings/show-settings.ts';
import { showVenueDay } from './show-venue-day/show-venue-day.ts';
import { settleWorkItems } from './settle-work-items/settle-work-items.ts';
import { putBackWorkItem } from './store/work-item-moves.ts';
import { suggestAlternatives } from './suggest-alternatives/suggest-alternatives.ts';
import { takeWorkItem } from './take-work-item/take-work-item.ts';
import { tryRules } from './try-rules/try-rules.ts';

type OwnRuntime = Runtime<PrismaClient, typeof reservationsConfig>;

/** Who may have what, free slots, holds and single bookings. */
const bookings = (runtime: OwnRuntime): Part[] => [
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
  operation(contract.findReservation, findReservation(runtime)),
  job('remind-bookings', 600_000, remindBookings(runtime)),
  job('expire-holds', 1_000, expireHolds(runtime)),
  job('forget-uses', 3_600_000, forgetUses(runtime)),
];

/** Bookings that hang together: both doses, a family, a facility, a companion. */
const bookingsTogether = (runtime: OwnRuntime): Part[] => [
  operation(contract.proposePair, proposePair(runtime)),
  operation(contract.bookPair, bookPair(runtime)),
  operation(contract.findGroupSlots, findGroupSlots(runtime)),
  operation(contract.bookGroup, bookGroup(runtime)),
  operation(contract.bookCompanion, bookCompanion(runtime)),
];

/** The day at the venue: who comes, who came, who came without a booking. */
const venueDay = (runtime: OwnRuntime): Part[] => [
  operation(contract.findVisitor, findVisitor(runtime)),
  operation(contract.recordAttendance, recordAttendance(runtime)),
  operation(contract.bookWalkIn, bookWalkIn(runtime)),
  operation(contract.showVenueDay, showVenueDay(runtime)),
  operation(contract.printDaySheet, printDaySheet(runtime), { concurrency: 1 }),
];

/** Days of venues: opened, copied, closed, cut, promised to channels. */
const sessions = (runtime: OwnRuntime): Part[] => [
  operation(contract.openSession, openSession(runtime)),
  operation(contract.copySessions, copySessions(runtime)),
  operation(contract.listSessions, listSessions(runtime)),
  operation(contract.reopenSession, reopenSession(runtime)),
  operation(contract.planQuotas, planQuotas(runtime)),
  operation(contract.importSessions, importSessions(runtime)),
  operation(contract.exportSessions, exportSessions(runtime)),
  job('apply-quotas', 1_000, applyQuotas(runtime)),
  operation(contract.showSettings, showSettings(runtime)),
  operation(contract.changeSettings, changeSettings(runtime)),
];

/** Seats taken away, by two people where anybody loses one. */
const sessionChanges = (runtime: OwnRuntime): Part[] => [
  operation(contract.proposeSessionChange, proposeSessionChange(runtime)),
  operation(contract.showSessionChange, showSessionChange(runtime)),
  operation(contract.closeSession, closeSession(runtime)),
  operation(contract.closeVenueDays, closeVenueDays(runtime)),
  operation(contract.changeCapacity, changeCapacity(runtime)),
  operation(contract.listEmergencyClosings, listEmergencyClosings(runtime)),
  operation(contract.confirmEmergencyClosing, confirmEmergencyClosing(runtime)),
  subscription('approvals', [contract.approvalDecided], followApprovals),
];

/** People who have to be called. */
const worklist = (runtime: OwnRuntime): Part[] => [
  operation(contract.listWorkItems, listWorkItems(runtime)),
  operation(contract.takeWorkItem, takeWorkItem(runtime)),
  operation(contract.releaseWorkItem, releaseWorkItem(runtime)),
  operation(contract.finishWorkItem, finishWorkItem(runtime)),
  operation(contract.suggestAlternatives, suggestAlternatives(runtime)),
  job('settle-work-items', 5_000, settleWorkItems(runtime)),
  job('release-abandoned', 60_000, releaseAbandoned(runtime)),
  operation(contract.countAffectedBookings, countAffectedBookings(runtime), { concurrency: 1 }),
  job('recheck-reservations', 5_000, recheckReservations(runtime)),
];

/** Lists of people who come first (優先接種対象者). */
const priorityLists = (runtime: OwnRuntime): Part[] => [
  operation(contract.listListedGroups, listListedGroups(runtime)),
  operation(contract.importGroupMembers, importGroupMembers(runtime), { concurrency: 1 }),
  operation(contract.listMemberships, listMemberships(runtime)),
  operation(contract.enterGroupMember, enterGroupMember(runtime)),
  operation(contract.endGroupMember, endGroupMember(runtime)),
];

/** The waiting list (キャンセル待ち): who waits, and the seats that are kept for them. */
const waitingList = (runtime: OwnRuntime): Part[] => [
  operation(contract.joinWaitingList, joinWaitingList(runtime)),
  operation(contract.leaveWaitingList, leaveWaitingList(runtime)),
  operation(contract.listWaiting, listWaiting(runtime)),
  operation(contract.countWaiting, countWaiting(runtime)),
  operation(contract.acceptOffer, acceptOffer(runtime)),
  operation(contract.declineOffer, declineOffer(runtime)),
  job('offer-freed-seats', 500, offerFreedSeats(runtime)),
  job('seek-free-seats', 2_000, seekFreeSeats(runtime)),
  job('expire-offers', 1_000, expireOffers(runtime)),
  job('end-waiting', 60_000, endWaiting(runtime)),
];

/** No seat is given before copies are filled: an owner that does not answer yet is asked again soon. */
const FILL_EVERY_MS = 1_000;

/** What must be known of neighbours: residents, doses, rules, products and venues. */
const copies = (runtime: OwnRuntime): Part[] => [
  subscription(
    'residents',
    [contract.residentsChanged, contract.registryAlive],
    followFeed(followResidents(runtime.clock), runtime.clock),
  ),
  subscription(
    'catalogue',
    [contract.catalogueChanged, contract.programmeAlive],
    followFeed(followCatalogue, runtime.clock),
  ),
  subscription(
    'doses',
    [contract.dosesRecorded, contract.healthRecordsAlive],
    followFeed(followDoses(runtime.clock), runtime.clock),
  ),
  job('fill-residents', FILL_EVERY_MS, fillResidents(runtime)),
  job('fill-doses', FILL_EVERY_MS, fillDoses(runtime)),
  job('fill-catalogue', FILL_EVERY_MS, fillCatalogue(runtime)),
];

/** The end of a case: its holds end, and its work item goes back. */
const caseEnds = (runtime: OwnRuntime): Part[] => [
  subscription('case-ends', [contract.caseEnded], async (event, tx) => {
    const { caseId } = event.payload;
    await endHoldsIn(tx, { caseId }, runtime.clock.now());
    await putBackWorkItem(tx, { caseId });
  }),
  onSignal(contract.signalSubjects.caseEnded, (data) => {
    const { caseId } = contract.CaseEndedSignal.parse(data);
    void endHolds(runtime, { caseId }).catch((error: unknown) =>
      runtime.telemetry.log.warn({ err: error }, 'holds of an ended case wait for the event'),
    );
  }),
];

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
    ...bookings(runtime),
    ...bookingsTogether(runtime),
    ...venueDay(runtime),
    ...sessions(runtime),
    ...sessionChanges(runtime),
    ...worklist(runtime),
    ...priorityLists(runtime),
    ...waitingList(runtime),
    ...copies(runtime),
    ...caseEnds(runtime),
  ],
});
