import type {
  acceptOffer,
  AnyOperation,
  bookCompanion,
  bookGroup,
  bookPair,
  bookWalkIn,
  bookSlot,
  calleesOfCase,
  cancelReservation,
  changeCapacity,
  changeReservation,
  closeCase,
  closeSession,
  closeVenueDays,
  confirmEmergencyClosing,
  ContextDocument,
  decideApproval,
  copySessions,
  declineOffer,
  exportSessions,
  exportVenues,
  findFreeSlots,
  findGroupSlots,
  findVisitor,
  finishWorkItem,
  holdSlot,
  importSessions,
  importVenues,
  joinWaitingList,
  leaveWaitingList,
  endGroupMember,
  enterGroupMember,
  importGroupMembers,
  listListedGroups,
  listMemberships,
  listApprovals,
  listAuditEntries,
  listCustody,
  listEmergencyClosings,
  liftRestriction,
  listLeftOut,
  listReferredCases,
  listProgrammeVenues,
  listRules,
  listSessions,
  listVenues,
  listWaiting,
  listWorkers,
  listWorkItems,
  openCase,
  openLeftOut,
  openSession,
  openVenueVisit,
  planQuotas,
  showSettings,
  changeSettings,
  printDaySheet,
  proposePair,
  changeFromDay,
  countAffectedBookings,
  countWaiting,
  proposeSessionChange,
  listChanges,
  putDoseRule,
  putOtherVaccineRule,
  putPriorityGroup,
  putProduct,
  putProgramme,
  putVaccine,
  putVenue,
  recordAttendance,
  recordCustody,
  referCase,
  reissueTicket,
  releaseHold,
  reopenSession,
  releaseWorkItem,
  ReplyOf,
  requestApproval,
  RequestOf,
  residencyOn,
  restrictResident,
  searchCandidates,
  settleLeftOut,
  showSessionChange,
  showVenueDay,
  suggestAlternatives,
  takeReferredCase,
  takeWorkItem,
  tryRules,
  verifyAtDesk,
  verifyAuditLog,
  verifyPerson,
  Worker,
} from '@madoguchi/contracts';
import type { z } from 'zod';
import type { Answer } from './answer.ts';
import type { Verification } from './contract-types.ts';

export type Session = { worker: z.infer<typeof Worker>; sessionExpiresAt: string };

export type Credentials = {
  login: string;
  password: string;
  code: string;
  extension?: string;
};

/** State of the socket that brings the context document. */
export type Line = 'connecting' | 'connected' | 'reconnecting';

export type LineListener = {
  onDocument: (document: ContextDocument) => void;
  onLine: (line: Line) => void;
};

type Query<O extends AnyOperation> = (
  request: z.input<O['request']>,
) => Promise<Answer<ReplyOf<O>>>;
type Command<O extends AnyOperation> = (
  request: RequestOf<O>,
  key: string,
) => Promise<Answer<ReplyOf<O>>>;
type Verify<O extends AnyOperation> = (request: RequestOf<O>) => Promise<Answer<Verification>>;

/** Everything the screens can ask of the server. Refusals are values; nothing here throws. */
export type Gateway = {
  session: () => Promise<Answer<Session>>;
  signIn: (credentials: Credentials) => Promise<Answer<Session>>;
  enrolTerminal: (code: string) => Promise<Answer<unknown>>;
  stepUp: (code: string) => Promise<Answer<unknown>>;
  signOut: () => Promise<Answer<unknown>>;
  /** Follows this operator's own context; returns how to stop. */
  follow(listener: LineListener): () => void;

  openCase: Command<typeof openCase>;
  closeCase: Command<typeof closeCase>;
  referCase: Command<typeof referCase>;
  listReferredCases: Query<typeof listReferredCases>;
  takeReferredCase: Command<typeof takeReferredCase>;

  searchCandidates: Query<typeof searchCandidates>;
  verifyPerson: Verify<typeof verifyPerson>;
  verifyAtDesk: Verify<typeof verifyAtDesk>;

  residencyOn: Query<typeof residencyOn>;
  restrictResident: Command<typeof restrictResident>;
  liftRestriction: Command<typeof liftRestriction>;
  listLeftOut: Query<typeof listLeftOut>;
  openLeftOut: Verify<typeof openLeftOut>;
  settleLeftOut: Command<typeof settleLeftOut>;

  listWorkItems: Query<typeof listWorkItems>;
  takeWorkItem: Command<typeof takeWorkItem>;
  releaseWorkItem: Command<typeof releaseWorkItem>;
  finishWorkItem: Command<typeof finishWorkItem>;
  calleesOfCase: Query<typeof calleesOfCase>;
  suggestAlternatives: Query<typeof suggestAlternatives>;

  listVenues: Query<typeof listVenues>;
  findFreeSlots: Query<typeof findFreeSlots>;
  holdSlot: Command<typeof holdSlot>;
  releaseHold: Command<typeof releaseHold>;
  bookSlot: Command<typeof bookSlot>;
  proposePair: Query<typeof proposePair>;
  bookPair: Command<typeof bookPair>;
  findGroupSlots: Query<typeof findGroupSlots>;
  bookGroup: Command<typeof bookGroup>;
  bookCompanion: Command<typeof bookCompanion>;
  changeReservation: Command<typeof changeReservation>;
  cancelReservation: Command<typeof cancelReservation>;

  listWaiting: Query<typeof listWaiting>;
  countWaiting: Query<typeof countWaiting>;
  joinWaitingList: Command<typeof joinWaitingList>;
  leaveWaitingList: Command<typeof leaveWaitingList>;
  acceptOffer: Command<typeof acceptOffer>;
  declineOffer: Command<typeof declineOffer>;

  tryRules: Query<typeof tryRules>;
  listRules: Query<typeof listRules>;
  putVaccine: Command<typeof putVaccine>;
  putProduct: Command<typeof putProduct>;
  putProgramme: Command<typeof putProgramme>;
  putDoseRule: Command<typeof putDoseRule>;
  putOtherVaccineRule: Command<typeof putOtherVaccineRule>;
  putPriorityGroup: Command<typeof putPriorityGroup>;
  putVenue: Command<typeof putVenue>;
  changeFromDay: Command<typeof changeFromDay>;
  countAffectedBookings: Query<typeof countAffectedBookings>;
  listChanges: Query<typeof listChanges>;
  listProgrammeVenues: Query<typeof listProgrammeVenues>;
  importVenues: Command<typeof importVenues>;
  exportVenues: Query<typeof exportVenues>;

  listListedGroups: Query<typeof listListedGroups>;
  importGroupMembers: Command<typeof importGroupMembers>;
  listMemberships: Query<typeof listMemberships>;
  enterGroupMember: Command<typeof enterGroupMember>;
  endGroupMember: Command<typeof endGroupMember>;

  listSessions: Query<typeof listSessions>;
  openSession: Command<typeof openSession>;
  copySessions: Command<typeof copySessions>;
  closeSession: Command<typeof closeSession>;
  closeVenueDays: Command<typeof closeVenueDays>;
  reopenSession: Command<typeof reopenSession>;
  changeCapacity: Command<typeof changeCapacity>;
  proposeSessionChange: Command<typeof proposeSessionChange>;
  showSessionChange: Query<typeof showSessionChange>;
  listEmergencyClosings: Query<typeof listEmergencyClosings>;
  confirmEmergencyClosing: Command<typeof confirmEmergencyClosing>;
  planQuotas: Command<typeof planQuotas>;
  showSettings: Query<typeof showSettings>;
  changeSettings: Command<typeof changeSettings>;
  importSessions: Command<typeof importSessions>;
  exportSessions: Query<typeof exportSessions>;

  openVenueVisit: Command<typeof openVenueVisit>;
  findVisitor: Query<typeof findVisitor>;
  recordAttendance: Command<typeof recordAttendance>;
  bookWalkIn: Command<typeof bookWalkIn>;
  showVenueDay: Query<typeof showVenueDay>;
  printDaySheet: (request: RequestOf<typeof printDaySheet>) => Promise<Answer<Blob>>;

  reissueTicket: Command<typeof reissueTicket>;
  printTicket: (request: { residentId: string; ticketId: string }) => Promise<Answer<Blob>>;

  requestApproval: Command<typeof requestApproval>;
  decideApproval: Command<typeof decideApproval>;
  listApprovals: Query<typeof listApprovals>;
  listWorkers: Query<typeof listWorkers>;
  listCustody: Query<typeof listCustody>;
  recordCustody: Command<typeof recordCustody>;

  listAuditEntries: Query<typeof listAuditEntries>;
  verifyAuditLog: Query<typeof verifyAuditLog>;
};
