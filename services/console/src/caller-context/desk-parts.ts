import * as contract from '@madoguchi/contracts';
import type { ContextDocument } from '@madoguchi/contracts';
import type { Refusal, Result } from '@madoguchi/kernel';
import { ok } from '@madoguchi/kernel';
import type { Call, CallContext } from '@madoguchi/messaging';

type Person = Pick<NonNullable<ContextDocument['verified']>, 'residentId' | 'purpose'>;
/** What is shown of a verified person, each part by its owner. */
export const PART_NAMES = ['person', 'reservations', 'doses', 'tickets', 'earlierCases'] as const;
export type PartName = (typeof PART_NAMES)[number];

/** Refusals that pass by themselves: the owner is away, late or has too much to do. */
const PASSING: readonly string[] = ['dependency_unavailable', 'deadline_exceeded', 'overloaded'];

async function picked<V, W>(
  answer: Promise<Result<V, Refusal>>,
  pick: (value: V) => W,
): Promise<Result<W, Refusal>> {
  const result = await answer;
  return result.ok ? ok(pick(result.value)) : result;
}

/** Asks the owner of a part for it. */
export function readPart(
  name: PartName,
  { residentId, purpose }: Person,
  { call, context }: { call: Call; context: CallContext },
): Promise<Result<unknown, Refusal>> {
  switch (name) {
    case 'person':
      return picked(
        call(contract.revealResident, { residentId, purpose }, context),
        (value) => value.resident,
      );
    case 'reservations':
      return picked(
        call(contract.listReservations, { residentId }, context),
        (value) => value.reservations,
      );
    case 'doses':
      return picked(call(contract.listDoses, { residentId }, context), (value) => value.doses);
    case 'tickets':
      return picked(call(contract.listTickets, { residentId }, context), (value) => value.tickets);
    case 'earlierCases':
      return picked(
        call(contract.listEarlierCases, { residentId }, context),
        (value) => value.cases,
      );
  }
}

/** What there is to show of a part: its value, or why there is none. */
export function partOf(result: Result<unknown, Refusal>) {
  if (result.ok) return { state: 'ready', value: result.value };
  return { state: result.refusal.code === 'purpose_not_allowed' ? 'not-shown' : 'unavailable' };
}

/** Whether a part that is not there now may be a moment later. */
export const isAway = (result: Result<unknown, Refusal>): boolean =>
  !result.ok && PASSING.includes(result.refusal.code);
