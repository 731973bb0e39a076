import type {
  AFTER_CALL_CODES,
  ATTENDANCE,
  APPROVAL_KINDS,
  AuditEntry,
  AuditFinding,
  bookCompanion,
  bookGroup,
  bookPair,
  calleesOfCase,
  CANCEL_REASONS,
  ContextDocument,
  copySessions,
  countAffectedBookings,
  countWaiting,
  CatalogueEntry,
  findFreeSlots,
  findGroupSlots,
  importSessions,
  joinWaitingList,
  LEFT_OUT_HANDLINGS,
  CatalogueKind,
  listApprovals,
  listChanges,
  showSettings,
  listAuditEntries,
  listCustody,
  listEmergencyClosings,
  listLeftOut,
  listProgrammeVenues,
  listReferredCases,
  listListedGroups,
  listMemberships,
  listRules,
  listSessions,
  listVenues,
  listWaiting,
  openSession,
  proposePair,
  REACHES,
  WAITING_STATES,
  listWorkers,
  listWorkItems,
  recordCustody,
  referCase,
  REISSUE_REASONS,
  ReplyOf,
  RequestOf,
  residencyOn,
  searchCandidates,
  showVenueDay,
  TURNED_BACK_REASONS,
  suggestAlternatives,
  tryRules,
  VENUE_KINDS,
  Weekday,
  verifyPerson,
  WorkItemKind,
} from '@madoguchi/contracts';
import type { z } from 'zod';

/** Shapes the screens speak of, taken from the catalog so that they cannot drift from it. */
export type Verified = NonNullable<ContextDocument['verified']>;
export type Verification = NonNullable<ContextDocument['verification']>;
export type CaseOnDesk = NonNullable<ContextDocument['case']>;

/** A part of the context document: on its way, here, its owner away, or not for this purpose. */
export type Part<Value> =
  | { state: 'loading' }
  | { state: 'ready'; value: Value }
  | { state: 'unavailable' }
  | { state: 'not-shown' };
type ValueOf<P> = Extract<P, { state: 'ready' }> extends { value: infer Value } ? Value : never;

export type Resident = ValueOf<Verified['person']>;
export type Reservation = ValueOf<Verified['reservations']>[number];
export type Dose = ValueOf<Verified['doses']>[number];
export type Ticket = ValueOf<Verified['tickets']>[number];
export type EarlierCase = ValueOf<Verified['earlierCases']>[number];

export type SearchAnswer = ReplyOf<typeof searchCandidates>;
export type VerifyRequest = RequestOf<typeof verifyPerson>;
export type Proxy = NonNullable<VerifyRequest['proxy']>;
export type ProxyRelation = Proxy['relation'];
export type Slot = ReplyOf<typeof findFreeSlots>['slots'][number];
export type SlotSearch = z.input<(typeof findFreeSlots)['request']>;
export type SlotView = RequestOf<typeof findFreeSlots>['view'];
export type SlotWeekday = NonNullable<SlotSearch['weekdays']>[number];
export type SlotsFound = ReplyOf<typeof findFreeSlots>;
export type Offer = ReplyOf<typeof listVenues>;
export type ReferredCase = ReplyOf<typeof listReferredCases>['cases'][number];
export type WorkItem = ReplyOf<typeof listWorkItems>['items'][number];
export type { WorkItemKind };
export type Callee = ReplyOf<typeof calleesOfCase>['callees'][number];
export type Suggested = ReplyOf<typeof suggestAlternatives>;
export type PairProposal = ReplyOf<typeof proposePair>;
export type PairBooking = ReplyOf<typeof bookPair>['bookings'][number];
export type GroupSearch = RequestOf<typeof findGroupSlots>;
export type GroupFound = ReplyOf<typeof findGroupSlots>;
export type GroupBooking = ReplyOf<typeof bookGroup>['bookings'][number];
export type CompanionWish = RequestOf<typeof bookCompanion>;
export type BookedCompanion = ReplyOf<typeof bookCompanion>;
export type WaitingEntry = ReplyOf<typeof listWaiting>['entries'][number];
export type WaitingCounts = ReplyOf<typeof countWaiting>;
export type WaitingGroup = WaitingCounts['groups'][number];
export type WaitingWish = RequestOf<typeof joinWaitingList>;
/** A place on the list: the number to be read out, and the seat that is free already. */
export type WaitingPlace = ReplyOf<typeof joinWaitingList>;
export type WaitingState = (typeof WAITING_STATES)[number];
export type Reach = (typeof REACHES)[number];
export type SessionView = ReplyOf<typeof listSessions>['sessions'][number];
export type NewSession = RequestOf<typeof openSession>;
export type CopiedSessions = ReplyOf<typeof copySessions>;
export type SessionFileReport = ReplyOf<typeof importSessions>;
export type RuleTrial = RequestOf<typeof tryRules>;
export type RuleVerdict = ReplyOf<typeof tryRules>;
export type DoseRule = NonNullable<RuleVerdict['rule']>;
export type ListedRule = ReplyOf<typeof listRules>['doseRules'][number];
export type ListedRules = ReplyOf<typeof listRules>;
export type ShownSettings = ReplyOf<typeof showSettings>;
export type ReservationSettings = ShownSettings['settings'];
export type RuleChange = ReplyOf<typeof listChanges>['changes'][number];
export type AffectedBookings = ReplyOf<typeof countAffectedBookings>;
export type { CatalogueEntry, CatalogueKind };
export type ListedVenue = ReplyOf<typeof listProgrammeVenues>['venues'][number];
export type VenueKind = (typeof VENUE_KINDS)[number];
export type { Weekday };
export type LeftOut = ReplyOf<typeof listLeftOut>['items'][number];
export type LeftOutHandling = (typeof LEFT_OUT_HANDLINGS)[number];
export type ListedGroup = ReplyOf<typeof listListedGroups>['groups'][number];
export type Membership = ReplyOf<typeof listMemberships>['memberships'][number];
export type ResidencyAnswer = ReplyOf<typeof residencyOn>;
export type EmergencyClosing = ReplyOf<typeof listEmergencyClosings>['closings'][number];
export type EmergencyState = EmergencyClosing['state'];
export type Approval = ReplyOf<typeof listApprovals>['approvals'][number];
export type CustodyLine = ReplyOf<typeof listCustody>['entries'][number];
export type NewCustodyLine = RequestOf<typeof recordCustody>;
export type ChainedEntry = ReplyOf<typeof listAuditEntries>['entries'][number];
export type Finding = z.infer<typeof AuditFinding>;
export type RosterWorker = ReplyOf<typeof listWorkers>['workers'][number];

export type VenueDay = ReplyOf<typeof showVenueDay>;
export type AttendanceOutcome = (typeof ATTENDANCE)[number];
export type TurnedBackReason = (typeof TURNED_BACK_REASONS)[number];
export type AfterCallCode = (typeof AFTER_CALL_CODES)[number];
export type ReissueReason = (typeof REISSUE_REASONS)[number];
export type CancelReason = (typeof CANCEL_REASONS)[number];
export type ApprovalKind = (typeof APPROVAL_KINDS)[number];
export type ReferReason = RequestOf<typeof referCase>['reason'];
export type ReservationState = NonNullable<Reservation['state']>;
export type Sex = NonNullable<Resident['sex']>;
export type CustodyDirection = NewCustodyLine['direction'];
export type AuditAction = AuditEntry['action'];
