import type { Answer } from './answer.ts';
import type { Gateway } from './gateway.ts';

/** An operation behind a path, as a question or as a command with its key. */
export type AsQuery = (path: string) => <Value>(body: unknown) => Promise<Answer<Value>>;
export type AsCommand = (
  path: string,
) => <Value>(body: unknown, key: string) => Promise<Answer<Value>>;

type ReservationNames =
  | 'listWorkItems'
  | 'takeWorkItem'
  | 'releaseWorkItem'
  | 'finishWorkItem'
  | 'calleesOfCase'
  | 'suggestAlternatives'
  | 'listVenues'
  | 'findFreeSlots'
  | 'holdSlot'
  | 'releaseHold'
  | 'bookSlot'
  | 'changeReservation'
  | 'cancelReservation'
  | 'proposePair'
  | 'bookPair'
  | 'findGroupSlots'
  | 'bookGroup'
  | 'bookCompanion'
  | 'listWaiting'
  | 'countWaiting'
  | 'joinWaitingList'
  | 'leaveWaitingList'
  | 'acceptOffer'
  | 'declineOffer'
  | 'tryRules'
  | 'listRules'
  | 'putVaccine'
  | 'putProduct'
  | 'putProgramme'
  | 'putDoseRule'
  | 'putOtherVaccineRule'
  | 'putPriorityGroup'
  | 'putVenue'
  | 'changeFromDay'
  | 'countAffectedBookings'
  | 'listChanges'
  | 'listProgrammeVenues'
  | 'importVenues'
  | 'exportVenues'
  | ListNames
  | 'listSessions'
  | 'openSession'
  | 'copySessions'
  | 'closeSession'
  | 'closeVenueDays'
  | 'reopenSession'
  | 'changeCapacity'
  | 'proposeSessionChange'
  | 'showSessionChange'
  | 'listEmergencyClosings'
  | 'confirmEmergencyClosing'
  | 'planQuotas'
  | 'showSettings'
  | 'changeSettings'
  | 'importSessions'
  | 'exportSessions'
  | 'openVenueVisit'
  | 'findVisitor'
  | 'recordAttendance'
  | 'bookWalkIn'
  | 'showVenueDay';

type ListNames =
  | 'listListedGroups'
  | 'importGroupMembers'
  | 'listMemberships'
  | 'enterGroupMember'
  | 'endGroupMember';

/** Lists of people who come first. */
const listCalls = (query: AsQuery, command: AsCommand): Pick<Gateway, ListNames> => ({
  listListedGroups: query('/priority-lists'),
  importGroupMembers: command('/priority-lists/import'),
  listMemberships: query('/residents/priority-lists'),
  enterGroupMember: command('/residents/priority-lists/enter'),
  endGroupMember: command('/residents/priority-lists/end'),
});

/** Seats, sessions, people to be called and people who wait. */
export function reservationCalls(
  query: AsQuery,
  command: AsCommand,
): Pick<Gateway, ReservationNames> {
  return {
    listWorkItems: query('/work-items/list'),
    takeWorkItem: command('/work-items/take'),
    releaseWorkItem: command('/work-items/release'),
    finishWorkItem: command('/work-items/finish'),
    calleesOfCase: query('/case/callees'),
    suggestAlternatives: query('/reservations/alternatives'),

    listVenues: query('/venues'),
    findFreeSlots: query('/slots/search'),
    holdSlot: command('/holds'),
    releaseHold: command('/holds/release'),
    bookSlot: command('/reservations'),
    changeReservation: command('/reservations/change'),
    cancelReservation: command('/reservations/cancel'),

    proposePair: query('/reservations/pair/propose'),
    bookPair: command('/reservations/pair'),
    findGroupSlots: query('/reservations/group/find'),
    bookGroup: command('/reservations/group'),
    bookCompanion: command('/reservations/companion'),

    listWaiting: query('/waiting/list'),
    countWaiting: query('/waiting/count'),
    joinWaitingList: command('/waiting/join'),
    leaveWaitingList: command('/waiting/leave'),
    acceptOffer: command('/waiting/offers/accept'),
    declineOffer: command('/waiting/offers/decline'),

    tryRules: query('/rules/try'),
    listRules: query('/rules/list'),
    putVaccine: command('/rules/vaccine'),
    putProduct: command('/rules/product'),
    putProgramme: command('/rules/programme'),
    putDoseRule: command('/rules/dose'),
    putOtherVaccineRule: command('/rules/other-vaccine'),
    putPriorityGroup: command('/rules/priority-group'),
    putVenue: command('/venues/put'),
    changeFromDay: command('/rules/change-from'),
    countAffectedBookings: query('/rules/affected'),
    listChanges: query('/rules/changes'),
    listProgrammeVenues: query('/venues/list'),
    importVenues: command('/venues/import'),
    exportVenues: query('/venues/export'),

    ...listCalls(query, command),

    listSessions: query('/sessions/list'),
    openSession: command('/sessions/open'),
    copySessions: command('/sessions/copy'),
    closeSession: command('/sessions/close'),
    closeVenueDays: command('/sessions/close-days'),
    reopenSession: command('/sessions/reopen'),
    changeCapacity: command('/sessions/capacity'),
    proposeSessionChange: command('/sessions/changes'),
    showSessionChange: query('/sessions/changes/show'),
    listEmergencyClosings: query('/sessions/emergencies'),
    confirmEmergencyClosing: command('/sessions/emergencies/confirm'),
    planQuotas: command('/sessions/quotas'),
    showSettings: query('/settings'),
    changeSettings: command('/settings/change'),
    importSessions: command('/sessions/import'),
    exportSessions: query('/sessions/export'),

    openVenueVisit: command('/venue-day/open'),
    findVisitor: query('/venue-day/find'),
    recordAttendance: command('/venue-day/attendance'),
    bookWalkIn: command('/venue-day/walk-in'),
    showVenueDay: query('/venue-day/show'),
  };
}
