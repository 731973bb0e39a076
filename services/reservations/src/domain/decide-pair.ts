import type { Refusal, Result } from '@madoguchi/kernel';
import { ok, refuse } from '@madoguchi/kernel';
import type { BookingAsked, BookingFacts, BookingRefusal } from './decide-bookings.ts';
import type { SeatFor } from './decide-together.ts';
import { decideOnFirst, decideTogether } from './decide-together.ts';
import type { PairDays } from './pair-days.ts';
import type { ReasonCode } from './reason.ts';

/** Where the second dose could be given. */
export type SecondChoice =
  /** A slot that somebody chose. */
  | { kind: 'chosen'; slotId: string }
  /** Slots that the rule proposes, best first. */
  | { kind: 'proposed'; slotIds: readonly string[]; days: PairDays }
  /** No day allows it. */
  | { kind: 'never'; refusal: Refusal<ReasonCode> };

type PairRefusal = BookingRefusal | Refusal<'second_dose_not_free'>;

/** A refusal that says which of the doses it is about. */
export function refusedDose<R extends Refusal>(
  refusal: R,
  doseNumber: number,
): { ok: false; refusal: R } {
  return { ok: false, refusal: { ...refusal, details: { ...refusal.details, doseNumber } } };
}

/** Two seats or none. What stands against the first dose is said before anything of the second. */
export function decidePair(
  first: BookingAsked,
  choice: SecondChoice,
  facts: BookingFacts,
): Result<SeatFor[], PairRefusal> {
  const alone = decideTogether([first], facts);
  if (!alone.ok) return refusedDose(alone.refused[0].refusal, first.doseNumber);
  const { residentId, caseId, channel } = first;
  const doseNumber = first.doseNumber + 1;
  const on = (slotId: string) => ({ residentId, caseId, channel, doseNumber, slotId });
  switch (choice.kind) {
    case 'never':
      return refusedDose(choice.refusal, doseNumber);
    case 'chosen': {
      const both = decideTogether([first, on(choice.slotId)], facts);
      return both.ok ? ok(both.seats) : refusedDose(both.refused[0].refusal, doseNumber);
    }
    case 'proposed': {
      const both = decideOnFirst({ before: [first], on }, choice.slotIds, facts);
      if (both.ok) return ok(both.seats);
      if (both.person) return refusedDose(both.person, doseNumber);
      const { standard, earliest } = choice.days;
      return refuse('second_dose_not_free', { standardDate: standard, earliestDate: earliest });
    }
  }
}
