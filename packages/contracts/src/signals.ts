import { z } from 'zod';
import { Id } from './shapes.ts';

/**
 * Core NATS signals: at most once, no personal data, only "look again" or "forget". What they say is
 * also in the events, so a lost signal costs time and never correctness.
 */
export const signalSubjects = {
  operatorCase: (operatorId: string): string => `live.calls.operator.${operatorId}`,
  caseEnded: 'live.calls.case-ended',
  sessionRevoked: 'live.staff.session-revoked',
  residentTouched: 'live.residents.touched',
} as const;

/** The operator's case changed (ringing, answered, ended, referred); ask for it again. */
export const OperatorCaseSignal = z.strictObject({ caseId: Id, version: z.int() });
export const CaseEndedSignal = z.strictObject({ caseId: Id });
export const SessionRevokedSignal = z.strictObject({ sessionId: Id, operatorId: z.string() });
/** Something about this resident changed at its owner; an open context document is refreshed. */
export const ResidentTouchedSignal = z.strictObject({ residentId: Id, by: z.string() });
