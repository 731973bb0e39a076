import type { Purpose, Role, SpokenItem } from '@madoguchi/contracts';
import type { Proof } from './proofs.ts';

/** What must match before a person is opened: all of the first, one of the second (authorisation table). */
export type Threshold = {
  all: readonly SpokenItem[];
  oneOf: readonly SpokenItem[];
  /** Machines learn nothing of single items: all matches, or nothing does. */
  allOrNothing?: boolean;
  /** The call itself has to come from a number on record. */
  fromNumberOnRecord?: boolean;
  /** Residence counts as of a day that has to be given: that of the vaccination. */
  asOfDay?: boolean;
  /** Only one whom the case itself names can be meant. */
  namedByCase?: boolean;
  /** Beside the items, one of these. */
  provenBy?: readonly Proof[];
  /** For nobody but these roles, whatever policy shows to others. */
  roles?: readonly Role[];
  /** Only with a fresh second factor, a reason and a second person's approval. */
  deskOnly?: boolean;
};

/** Thresholds as data; `telephone` is the number on record. Purposes without a row open nobody here. */
export const THRESHOLDS: Partial<Record<Purpose, Threshold>> = {
  reservation: { all: ['name', 'dateOfBirth'], oneOf: ['ticketNumber', 'address', 'telephone'] },
  'own-record': { all: ['name', 'dateOfBirth'], oneOf: ['ticketNumber', 'address'] },
  reissue: { all: ['name', 'dateOfBirth', 'address'], oneOf: [] },
  application: { all: ['name', 'dateOfBirth'], oneOf: ['ticketNumber', 'address'] },
  keypad: {
    all: ['ticketNumber', 'dateOfBirth', 'telephone'],
    oneOf: [],
    allOrNothing: true,
    fromNumberOnRecord: true,
  },
  web: {
    all: ['ticketNumber', 'dateOfBirth'],
    oneOf: [],
    allOrNothing: true,
    provenBy: ['codeToContactOnRecord', 'addresseeNumber'],
    roles: ['resident'],
  },
  'claim-review': { all: ['ticketNumber'], oneOf: ['name', 'dateOfBirth'], asOfDay: true },
  'venue-day': { all: ['ticketNumber', 'dateOfBirth'], oneOf: [] },
  outreach: { all: ['name', 'dateOfBirth'], oneOf: [], namedByCase: true },
  'disclosure-request': { all: ['name', 'dateOfBirth', 'address'], oneOf: [], deskOnly: true },
  emergency: { all: ['name'], oneOf: ['dateOfBirth', 'ticketNumber'], deskOnly: true },
};

/** Limits as data (authorisation table); past one the only answer is "not confirmed". */
export const LIMITS = { triesPerCase: 3, perPersonAndDay: 5, perOperatorAndDay: 20 } as const;

/** Searches end too: who needs more of them in a call is not looking for one caller. */
export const SEARCH_LIMITS = { perCase: 30, perOperatorAndDay: 1_000 } as const;

/** Failed tries that count towards the limits. */
export type Failures = { ofCase: number; ofPerson: number; ofOperator: number };

/** Which limit is reached, if any. A machine serves many people, so no limit of a person's day binds it. */
export function limitReached(
  failures: Failures,
  byMachine: boolean,
): 'case' | 'person' | 'operator' | undefined {
  if (failures.ofCase >= LIMITS.triesPerCase) return 'case';
  if (failures.ofPerson >= LIMITS.perPersonAndDay) return 'person';
  return !byMachine && failures.ofOperator >= LIMITS.perOperatorAndDay ? 'operator' : undefined;
}

/** Items that would complete the threshold, given those that match; empty when it is reached. */
export function missingItems(threshold: Threshold, matched: ReadonlySet<SpokenItem>): SpokenItem[] {
  const missing = threshold.all.filter((item) => !matched.has(item));
  const oneIsThere =
    threshold.oneOf.length === 0 || threshold.oneOf.some((item) => matched.has(item));
  return oneIsThere ? missing : [...missing, ...threshold.oneOf];
}
