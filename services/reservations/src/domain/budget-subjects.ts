import type { BudgetSubject, Role } from '@madoguchi/contracts';

/** What a use is counted against. */
export type Counted = { per: BudgetSubject; subject: string };

/** Roles of people at work; a machine serves everybody, so its own count says nothing. */
const AT_WORK: readonly Role[] = [
  'operator',
  'senior-operator',
  'city-staff',
  'venue-staff',
  'operations-manager',
];

/** The actor whose own uses are counted: a person at work. */
export const countedActor = (actor: { sub: string; role: Role }): string | undefined =>
  AT_WORK.includes(actor.role) ? actor.sub : undefined;

/** Who and what a use counts against: the case, each resident, the person at work. */
export function countedFor(use: {
  caseId?: string | undefined;
  residentIds?: readonly string[];
  actorId?: string | null | undefined;
}): Counted[] {
  const { caseId, residentIds = [], actorId } = use;
  return [
    ...(caseId === undefined ? [] : [{ per: 'case' as const, subject: caseId }]),
    ...residentIds.map((subject) => ({ per: 'resident' as const, subject })),
    ...(actorId === undefined || actorId === null
      ? []
      : [{ per: 'actor' as const, subject: actorId }]),
  ];
}

/** The same of a command that somebody gives for one resident. */
export const countedIn = (
  context: { actor: { sub: string; role: Role }; grant?: { caseId: string } | undefined },
  residentId: string,
): Counted[] =>
  countedFor({
    caseId: context.grant?.caseId,
    residentIds: [residentId],
    actorId: countedActor(context.actor),
  });
