import * as contract from '@madoguchi/contracts';
import { ok } from '@madoguchi/kernel';
import type { Route } from '@madoguchi/http';
import type { Asked, Edge } from './guarded-route.ts';
import { operationRoute } from './guarded-route.ts';

const API = '/api/v1';

/** PDF bytes with a file name that any browser reads (RFC 6266). */
const printed = (edge: Edge) =>
  operationRoute(edge, {
    path: `${API}/tickets/print`,
    operation: contract.printTicket,
    replyType: 'application/pdf',
    async answer(asked, response) {
      const answer = await edge.call(contract.printTicket, asked.body as never, asked.context);
      if (!answer.ok) return answer;
      const name = encodeURIComponent(answer.value.fileName);
      response
        .type('application/pdf')
        .set('content-disposition', `inline; filename="ticket.pdf"; filename*=UTF-8''${name}`)
        .send(Buffer.from(answer.value.pdfBase64, 'base64'));
      return 'answered';
    },
  });

/** A day sheet as the file that it is, to be kept by whoever asked for it and by nobody between. */
const daySheet = (edge: Edge) =>
  operationRoute(edge, {
    path: `${API}/day-sheets/print`,
    operation: contract.printDaySheet,
    replyType: 'application/pdf',
    async answer(asked, response) {
      const answer = await edge.call(contract.printDaySheet, asked.body as never, asked.context);
      if (!answer.ok) return answer;
      response
        .type(answer.value.mediaType)
        .set('cache-control', 'no-store')
        .set('content-disposition', `attachment; filename="${answer.value.fileName}"`)
        .send(Buffer.from(answer.value.contentBase64, 'base64'));
      return 'answered';
    },
  });

/** Runs a command and then looks at the desk's case again, so that the screen follows at once. */
const thenRefresh =
  (edge: Edge, operation: contract.AnyOperation) =>
  async ({ body, context, desk }: Asked) => {
    const answer = await edge.call(operation, body, context);
    if (answer.ok) await desk.refreshCase();
    return answer;
  };

/** Opens the visit of a venue that there is. Who keeps cases knows no venues, so its day is looked at first. */
const thenVisit =
  (edge: Edge) =>
  async (asked: Asked): Promise<Awaited<ReturnType<ReturnType<typeof thenRefresh>>>> => {
    const day = await edge.call(contract.showVenueDay, asked.body as never, asked.context);
    if (!day.ok && day.refusal.code === 'venue_not_found') return day;
    return thenRefresh(edge, contract.openVenueVisit)(asked);
  };

/** Runs a command about the person on the desk and reads the person again before it answers. */
const thenReload =
  (edge: Edge, operation: contract.AnyOperation) =>
  async ({ body, context, desk }: Asked) => {
    const answer = await edge.call(operation, body, context);
    if (answer.ok) await desk.loadContext();
    return answer;
  };

type Verifying =
  | typeof contract.verifyPerson
  | typeof contract.verifyAtDesk
  | typeof contract.openLeftOut;

/** The ways in which a route carries its operation. */
const waysOf = (edge: Edge) => ({
  query: (path: string, operation: contract.AnyOperation): Route =>
    operationRoute(edge, { path: API + path, operation }),
  command: (path: string, operation: contract.AnyOperation): Route =>
    operationRoute(edge, { path: API + path, operation, idempotent: true }),
  refreshing: (path: string, operation: contract.AnyOperation): Route =>
    operationRoute(edge, {
      path: API + path,
      operation,
      idempotent: true,
      answer: thenRefresh(edge, operation),
    }),
  reloading: (path: string, operation: contract.AnyOperation): Route =>
    operationRoute(edge, {
      path: API + path,
      operation,
      idempotent: true,
      answer: thenReload(edge, operation),
    }),
  visiting: (path: string): Route =>
    operationRoute(edge, {
      path: API + path,
      operation: contract.openVenueVisit,
      idempotent: true,
      answer: thenVisit(edge),
    }),
  verification: (path: string, operation: Verifying): Route =>
    operationRoute(edge, {
      path: API + path,
      operation,
      reply: contract.VerificationState,
      answer: async ({ desk, body }) => {
        const answer = await desk.verify(operation, body as never);
        return answer.ok ? ok(answer.value) : answer;
      },
    }),
});
type Ways = ReturnType<typeof waysOf>;

const caseRoutes = ({ query, refreshing, verification }: Ways): Route[] => [
  refreshing('/cases', contract.openCase),
  refreshing('/case/close', contract.closeCase),
  refreshing('/case/refer', contract.referCase),
  refreshing('/desk/take', contract.takeReferredCase),
  query('/desk/cases', contract.listReferredCases),
  query('/case/search', contract.searchCandidates),
  verification('/case/verify', contract.verifyPerson),
  verification('/desk/verify', contract.verifyAtDesk),
];

const registerRoutes = ({ query, command, reloading, verification }: Ways): Route[] => [
  query('/residents/residency', contract.residencyOn),
  reloading('/residents/restrict', contract.restrictResident),
  reloading('/residents/unrestrict', contract.liftRestriction),
  query('/desk/left-out', contract.listLeftOut),
  verification('/desk/left-out/open', contract.openLeftOut),
  command('/desk/left-out/settle', contract.settleLeftOut),
  query('/residents/priority-lists', contract.listMemberships),
  command('/residents/priority-lists/enter', contract.enterGroupMember),
  command('/residents/priority-lists/end', contract.endGroupMember),
];

const worklistRoutes = ({ query, command, refreshing }: Ways): Route[] => [
  query('/work-items/list', contract.listWorkItems),
  refreshing('/work-items/take', contract.takeWorkItem),
  refreshing('/work-items/release', contract.releaseWorkItem),
  command('/work-items/finish', contract.finishWorkItem),
  query('/case/callees', contract.calleesOfCase),
  query('/reservations/alternatives', contract.suggestAlternatives),
];

/** Rules and venues, for those who administer; trying the rules, for operators too. */
const programmeRoutes = ({ query, command }: Ways): Route[] => [
  query('/rules/try', contract.tryRules),
  query('/rules/list', contract.listRules),
  query('/rules/changes', contract.listChanges),
  command('/rules/vaccine', contract.putVaccine),
  command('/rules/product', contract.putProduct),
  command('/rules/programme', contract.putProgramme),
  command('/rules/dose', contract.putDoseRule),
  command('/rules/other-vaccine', contract.putOtherVaccineRule),
  command('/rules/priority-group', contract.putPriorityGroup),
  command('/rules/change-from', contract.changeFromDay),
  query('/rules/affected', contract.countAffectedBookings),
  query('/priority-lists', contract.listListedGroups),
  command('/priority-lists/import', contract.importGroupMembers),
  query('/venues/list', contract.listProgrammeVenues),
  command('/venues/put', contract.putVenue),
  command('/venues/import', contract.importVenues),
  query('/venues/export', contract.exportVenues),
];

const bookingRoutes = ({ query, command }: Ways): Route[] => [
  query('/venues', contract.listVenues),
  query('/slots/search', contract.findFreeSlots),
  query('/eligibility', contract.checkEligibility),
  command('/holds', contract.holdSlot),
  command('/holds/release', contract.releaseHold),
  command('/reservations', contract.bookSlot),
  command('/reservations/change', contract.changeReservation),
  command('/reservations/cancel', contract.cancelReservation),
  query('/reservations/find', contract.findReservation),
  query('/reservations/pair/propose', contract.proposePair),
  command('/reservations/pair', contract.bookPair),
  query('/reservations/group/find', contract.findGroupSlots),
  command('/reservations/group', contract.bookGroup),
  command('/reservations/companion', contract.bookCompanion),
];

const venueDayRoutes = ({ query, command, visiting }: Ways): Route[] => [
  visiting('/venue-day/open'),
  query('/venue-day/find', contract.findVisitor),
  command('/venue-day/attendance', contract.recordAttendance),
  command('/venue-day/walk-in', contract.bookWalkIn),
  query('/venue-day/show', contract.showVenueDay),
];

const waitingRoutes = ({ query, command }: Ways): Route[] => [
  query('/waiting/list', contract.listWaiting),
  query('/waiting/count', contract.countWaiting),
  command('/waiting/join', contract.joinWaitingList),
  command('/waiting/leave', contract.leaveWaitingList),
  command('/waiting/offers/accept', contract.acceptOffer),
  command('/waiting/offers/decline', contract.declineOffer),
];

const sessionRoutes = ({ query, command }: Ways): Route[] => [
  query('/sessions/list', contract.listSessions),
  command('/sessions/open', contract.openSession),
  command('/sessions/copy', contract.copySessions),
  command('/sessions/close', contract.closeSession),
  command('/sessions/close-days', contract.closeVenueDays),
  command('/sessions/reopen', contract.reopenSession),
  command('/sessions/capacity', contract.changeCapacity),
  command('/sessions/changes', contract.proposeSessionChange),
  query('/sessions/changes/show', contract.showSessionChange),
  query('/sessions/emergencies', contract.listEmergencyClosings),
  command('/sessions/emergencies/confirm', contract.confirmEmergencyClosing),
  command('/sessions/quotas', contract.planQuotas),
  query('/settings', contract.showSettings),
  command('/settings/change', contract.changeSettings),
  command('/sessions/import', contract.importSessions),
  query('/sessions/export', contract.exportSessions),
];

const recordRoutes = ({ query, command }: Ways): Route[] => [
  command('/approvals', contract.requestApproval),
  command('/approvals/decide', contract.decideApproval),
  query('/approvals/list', contract.listApprovals),
  query('/workers', contract.listWorkers),
  command('/workers/add', contract.addWorker),
  command('/workers/venues', contract.assignVenues),
  command('/workers/disable', contract.disableWorker),
  command('/terminals/codes', contract.createTerminalCode),
  query('/custody/list', contract.listCustody),
  command('/custody', contract.recordCustody),
  query('/audit/entries', contract.listAuditEntries),
  query('/audit/verify', contract.verifyAuditLog),
];

/** What operators and supervisors do, one operation a route. */
export function operationRoutes(edge: Edge): Route[] {
  const ways = waysOf(edge);
  return [
    ...caseRoutes(ways),
    ...registerRoutes(ways),
    ...worklistRoutes(ways),
    ...bookingRoutes(ways),
    ...programmeRoutes(ways),
    ...sessionRoutes(ways),
    ...waitingRoutes(ways),
    ...venueDayRoutes(ways),
    daySheet(edge),
    ways.command('/tickets/reissue', contract.reissueTicket),
    printed(edge),
    ways.query('/tickets/ledger', contract.listTicketLedger),
    ...recordRoutes(ways),
  ];
}
