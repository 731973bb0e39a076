import { useRef, useState } from 'react';
import type { Answer, Problem } from '../gateway/answer.ts';
import type {
  AttendanceOutcome,
  Reservation,
  TurnedBackReason,
} from '../gateway/contract-types.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import type { PaperNumber } from './read-number.ts';

/** Who stands at the desk: somebody with a booking of today here, or somebody verified without one. */
export type Visitor = {
  residentId: string;
  reservation?: Reservation;
  /** Bookings of those who come together with them; looked up once, they are marked one after the other. */
  together: readonly Reservation[];
  /** The booking of who was marked before them and came with them. */
  with?: string;
};

/** A visitor who is done, kept on the screen for corrections; no name. */
export type Mark = {
  confirmationNumber: string;
  startsAt: string;
  outcome: AttendanceOutcome;
  version: number;
};

/** How it went, and why somebody was turned back. */
export type Attendance = { outcome: AttendanceOutcome; reason?: TurnedBackReason };

type Paper = Extract<PaperNumber, { kind: 'booking' | 'ticket' }>;
/** Why nobody stands there; whoever cannot be found is told of in the same words, whatever stands against it. */
export type Failure = Problem | 'not-found';

/** How many of the last visitors can be corrected from the list. */
const KEPT_MARKS = 12;
type Found = { visitor: Visitor } | { failure: Failure };

/** Whoever came along and is not marked yet stands there next. */
function nextOf(visitor: Visitor, marked: string): Visitor | undefined {
  const next = visitor.together.find(({ state }) => state === 'booked');
  if (next === undefined) return undefined;
  const together = visitor.together.filter((one) => one !== next);
  return { ...visitor, reservation: next, together, with: marked };
}

/** The case of the visitor who stands there; opening the next one ends it. */
function useVisitCase(venueCode: string) {
  const gateway = useGateway();
  const open = useCommand(gateway.openVenueVisit);
  const close = useCommand(gateway.closeCase);
  const caseId = useRef<string | undefined>(undefined);
  const end = async (): Promise<void> => {
    const current = caseId.current;
    caseId.current = undefined;
    if (current !== undefined) await close.run({ caseId: current, afterCallCode: 'answered' });
  };
  return {
    end,
    /** The problem that stood against it, if there was one. */
    async begin(): Promise<Problem | undefined> {
      await end();
      const opened = await open.run({ venueCode });
      if (opened?.ok === true) caseId.current = opened.value.caseId;
      return opened?.ok === false ? opened.problem : undefined;
    },
  };
}

/** `recorded`, or what stood against it; undefined where nothing was asked. */
type Recorded = 'recorded' | Problem | undefined;
const recordedBy = (answer: Answer<unknown> | undefined): Recorded =>
  answer?.ok === false ? answer.problem : answer && 'recorded';

/** What was recorded at this desk, newest first, and how it is recorded. */
function useMarks(venueCode: string) {
  const gateway = useGateway();
  const record = useCommand(gateway.recordAttendance);
  const [marks, setMarks] = useState<readonly Mark[]>([]);
  const remember = (mark: Mark): void =>
    setMarks((before) =>
      [mark, ...before.filter((one) => one.confirmationNumber !== mark.confirmationNumber)].slice(
        0,
        KEPT_MARKS,
      ),
    );
  return {
    marks,
    remember,
    /** Writes down how it went with a booking. */
    mark: async (which: Omit<Mark, 'outcome'>, attendance: Attendance): Promise<Recorded> => {
      const { confirmationNumber, version } = which;
      const asked = { venueCode, ...attendance, confirmationNumber, expectedVersion: version };
      const answer = await record.run(asked);
      const { outcome } = attendance;
      if (answer?.ok === true) remember({ ...which, outcome, version: answer.value.version });
      return recordedBy(answer);
    },
    /** The same of a booking of which nothing was shown here but its number. */
    markUnseen: async (confirmationNumber: string, attendance: Attendance): Promise<Recorded> =>
      recordedBy(await record.run({ venueCode, ...attendance, confirmationNumber })),
  };
}

/** Books somebody who stands there on a seat of today; undefined where that is refused. */
function useWalkIn(venueCode: string, onProblem: (problem: Problem) => void) {
  const gateway = useGateway();
  const walkIn = useCommand(gateway.bookWalkIn);
  return async (residentId: string, doseNumber: number): Promise<Mark | undefined> => {
    const answer = await walkIn.run({ residentId, doseNumber, venueCode });
    if (answer?.ok === false) onProblem(answer.problem);
    if (answer?.ok !== true) return undefined;
    const { confirmationNumber, slot } = answer.value;
    // Booked is the first version, attended the second.
    return { confirmationNumber, startsAt: slot.startsAt, outcome: 'attended', version: 2 };
  };
}

/** One thing after the other: what is asked for meanwhile is left out. */
function useAlone(onStart: () => void) {
  const [busy, setBusy] = useState(false);
  const alone = async <Value>(task: () => Promise<Value>): Promise<Value | undefined> => {
    if (busy) return undefined;
    setBusy(true);
    onStart();
    const value = await task();
    setBusy(false);
    return value;
  };
  return { busy, alone };
}

/**
 * Visitors one after the other, each in a case of their own: opened when they are looked up, closed when
 * they are done, so that nothing of one can be seen while the next stands there.
 */
export function useVisits(venueCode: string) {
  const gateway = useGateway();
  const visit = useVisitCase(venueCode);
  const [visitor, setVisitor] = useState<Visitor | undefined>(undefined);
  const [failure, setFailure] = useState<Failure | undefined>(undefined);
  const { marks, mark, markUnseen, remember } = useMarks(venueCode);
  const isRecorded = (recorded: Recorded): boolean => {
    if (typeof recorded === 'object') setFailure(failureOf(recorded));
    return recorded === 'recorded';
  };
  const walkIn = useWalkIn(venueCode, setFailure);
  const { busy, alone } = useAlone(() => setFailure(undefined));

  const end = async (): Promise<void> => {
    setVisitor(undefined);
    await visit.end();
  };
  const begin = async (): Promise<boolean> => {
    setVisitor(undefined);
    const problem = await visit.begin();
    setFailure(problem);
    return problem === undefined;
  };
  const inOwnCase = (task: () => Promise<Recorded>) =>
    alone(async () => {
      if (!(await begin())) return false;
      const recorded = await task();
      await end();
      // Said once the desk takes the next number: whoever reads it goes on typing.
      return isRecorded(recorded);
    });
  const lookUp = async (paper: Paper, dateOfBirth: string): Promise<boolean> => {
    if (!(await begin())) return false;
    const found = await findVisitor(gateway, venueCode, { paper, dateOfBirth });
    if ('visitor' in found) {
      setVisitor(found.visitor);
      return true;
    }
    await end();
    setFailure(found.failure);
    return false;
  };
  return {
    visitor,
    failure,
    marks,
    busy,
    /** True when somebody stands there now. */
    lookUp: async (paper: Paper, dateOfBirth: string) =>
      (await alone(() => lookUp(paper, dateOfBirth))) === true,
    leave: () => alone(end),
    /** Marks the visitor who stands there, and lets them go; who came with them is next. */
    finish: (which: Omit<Mark, 'outcome'>, attendance: Attendance) =>
      alone(async () => {
        if (!isRecorded(await mark(which, attendance))) return undefined;
        const next = visitor && nextOf(visitor, which.confirmationNumber);
        if (next === undefined) await end();
        else setVisitor(next);
        return { goesOn: next !== undefined };
      }),
    /** Writes a slip right, in a case of its own. */
    correct: (which: Mark, attendance: Attendance) => inOwnCase(() => mark(which, attendance)),
    /** Records the visit of whom a venue could not find, in a case of its own. */
    markUnseen: (confirmationNumber: string, attendance: Attendance) =>
      inOwnCase(() => markUnseen(confirmationNumber, attendance)),
    /** Books somebody without a booking on a seat of today; they are there. */
    receive: (residentId: string, doseNumber: number) =>
      alone(async () => {
        const received = await walkIn(residentId, doseNumber);
        if (received === undefined) return undefined;
        remember(received);
        await end();
        return received;
      }),
  };
}
export type Visits = ReturnType<typeof useVisits>;

type Asked = { paper: Paper; dateOfBirth: string };

/** By number and birth date; who is verified by ticket and has no booking of today here is there without one. */
async function findVisitor(
  gateway: Gateway,
  venueCode: string,
  { paper, dateOfBirth }: Asked,
): Promise<Found> {
  if (paper.kind === 'booking') {
    const { confirmationNumber } = paper;
    const booked = await gateway.findVisitor({ venueCode, confirmationNumber, dateOfBirth });
    if (booked.ok) return { visitor: booked.value };
    return { failure: failureOf(booked.problem) };
  }
  const items = { ticketNumber: paper.ticketNumber, dateOfBirth };
  const verified = await gateway.verifyPerson({ purpose: 'venue-day', items });
  const residentId = verified.ok ? verified.value.residentId : undefined;
  if (residentId === undefined) return { failure: failureToVerify(verified) };
  const booked = await gateway.findVisitor({ venueCode, residentId });
  if (booked.ok) return { visitor: booked.value };
  return booked.problem.code === 'reservation_not_found'
    ? { visitor: { residentId, together: [] } }
    : { failure: booked.problem };
}

const NOT_FOUND = ['reservation_not_found', 'verification_closed'];
const failureOf = (problem: Problem): Failure =>
  NOT_FOUND.includes(problem.code) ? 'not-found' : problem;

const failureToVerify = (answer: Answer<unknown>): Failure =>
  answer.ok ? 'not-found' : failureOf(answer.problem);
