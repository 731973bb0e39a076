import type { Purpose, SpokenItem, SpokenItems } from '@madoguchi/contracts';
import { SPOKEN_ITEMS } from '@madoguchi/contracts';
import type { Compared, Outcomes, ReadItems } from './compare-items.ts';
import { compareItems, contradicts, matchedItems, nobody, notCompared } from './compare-items.ts';
import type { Proofs } from './proofs.ts';
import { isProven } from './proofs.ts';
import type { Threshold } from './thresholds.ts';
import { missingItems } from './thresholds.ts';

/** On the register today; moved away to another municipality; off it for another reason (death). */
export type Standing = 'resident' | 'moved-away' | 'removed';

/** A person the said items could mean. */
export type Candidate = Compared & {
  residentId: string;
  protected: boolean;
  standing: Standing;
  municipalityToAsk: string | undefined;
};

export type Verification =
  | { outcome: 'confirmed'; items: Outcomes; candidate: Candidate }
  | { outcome: 'moved-away'; items: Outcomes; candidate: Candidate }
  | { outcome: 'more-needed'; items: Outcomes; askFor: SpokenItem[] }
  | { outcome: 'not-confirmed'; items: Outcomes };

export type VerificationCommand = {
  purpose: Purpose;
  threshold: Threshold;
  items: SpokenItems;
  read: ReadItems;
  candidates: readonly Candidate[];
  /** Keyed digest of the number the call comes from. */
  callerNumberDigest?: string | undefined;
  /** What was given beside the items, for a threshold that asks for it. */
  proofs?: Proofs | undefined;
  /** Supervisor desk with everything it takes: protected and removed people can be found. */
  atDesk: boolean;
};

type Fit = { candidate: Candidate; items: Outcomes; matched: Set<SpokenItem> };

/** A birth date, a name or a number always fits somebody; only two facts together point at anyone. */
const POINTS_AT_SOMEBODY = 2;

/** A birth date or a ticket number narrows it to a few; nothing is compared before one is there. */
export function canLookFor(read: ReadItems): boolean {
  const facts = SPOKEN_ITEMS.filter((item) => read[item] !== undefined);
  const anchored = read.dateOfBirth !== undefined || read.ticketNumber !== undefined;
  return anchored && facts.length >= POINTS_AT_SOMEBODY;
}

/** Items still to be said, for a threshold of which nothing is known to match. */
function toBeSaid(threshold: Threshold, read: ReadItems): SpokenItem[] {
  const said = new Set(SPOKEN_ITEMS.filter((item) => read[item] !== undefined));
  return missingItems(threshold, said);
}

/**
 * Protected people are compared like all others and then left out, so that they cost the same time and
 * answer as the unknown; so are those off the register for another reason than a move.
 */
function mayBeMeant(fit: Fit, atDesk: boolean): boolean {
  return atDesk || (!fit.candidate.protected && fit.candidate.standing !== 'removed');
}

/** Whom everything said fits; residents before those who once were. */
function withoutContradiction(fits: readonly Fit[]): Fit[] {
  const fitting = fits.filter(
    ({ items, matched }) => !contradicts(items) && matched.size >= POINTS_AT_SOMEBODY,
  );
  const residents = fitting.filter(({ candidate }) => candidate.standing === 'resident');
  return residents.length > 0 ? residents : fitting;
}

/** Per-item answer for the one resident who fits most of what was said; only where that is somebody. */
function closest(fits: readonly Fit[]): Outcomes | undefined {
  const [first, second] = fits
    .filter(
      ({ candidate, matched }) =>
        candidate.standing === 'resident' && matched.size >= POINTS_AT_SOMEBODY,
    )
    .toSorted((a, b) => b.matched.size - a.matched.size);
  return first && second?.matched.size !== first.matched.size ? first.items : undefined;
}

/**
 * Compares what was said with everybody it could mean. Two people who fit equally well are nobody: the
 * next item has to tell them apart. Someone who moved away is an unknown until the threshold is reached.
 */
export function decideVerification(command: VerificationCommand): Verification {
  const { threshold, items, read, atDesk } = command;
  const refused: Verification = { outcome: 'not-confirmed', items: nobody(items, read) };
  if (!canLookFor(read)) {
    if (threshold.allOrNothing) return refused;
    return {
      outcome: 'more-needed',
      items: notCompared(items, read),
      askFor: toBeSaid(threshold, read),
    };
  }
  const fits = command.candidates
    .map((candidate) => {
      const outcomes = compareItems(items, read, {
        person: candidate,
        callerNumberDigest: command.callerNumberDigest,
        fromNumberOnRecord: threshold.fromNumberOnRecord,
      });
      return { candidate, items: outcomes, matched: matchedItems(outcomes) };
    })
    .filter((fit) => mayBeMeant(fit, atDesk))
    .filter(
      ({ candidate }) =>
        !threshold.provenBy || isProven(threshold.provenBy, command.proofs ?? {}, candidate),
    );
  const fitting = withoutContradiction(fits);
  const [best] = fitting;
  if (!best) {
    const near = threshold.allOrNothing ? undefined : closest(fits);
    return near ? { outcome: 'not-confirmed', items: near } : refused;
  }
  const missing = missingItems(threshold, best.matched);
  const { candidate, items: outcomes, matched } = best;
  if (missing.length === 0 && fitting.length === 1) {
    const here = candidate.standing === 'resident';
    return { outcome: here ? 'confirmed' : 'moved-away', items: outcomes, candidate };
  }
  if (candidate.standing !== 'resident' || threshold.allOrNothing) return refused;
  const others = (['ticketNumber', 'address'] as const).filter((item) => !matched.has(item));
  return {
    outcome: 'more-needed',
    items: outcomes,
    askFor: missing.length > 0 ? missing : [...others],
  };
}
