import { nextDose } from '../booking/next-dose.ts';
import type { Verified } from '../gateway/contract-types.ts';

export type Member = { residentId: string; name: string; doseNumber: number; comes: boolean };

/** What the operator has set for somebody, over what follows from their record. */
export type Choice = Partial<Pick<Member, 'doseNumber' | 'comes'>>;

/** Everybody verified in this case, with the dose each most likely comes for. */
export function membersOf(
  people: readonly Verified[],
  chosen: Readonly<Record<string, Choice>>,
  nameless: string,
): readonly Member[] {
  return people.map((person) => ({
    residentId: person.residentId,
    name: person.person.state === 'ready' ? (person.person.value.name ?? nameless) : nameless,
    doseNumber: nextDose(person) ?? 1,
    comes: true,
    ...chosen[person.residentId],
  }));
}
