import type { SearchItem } from '@madoguchi/contracts';
import { SEARCH_ITEMS } from '@madoguchi/contracts';
import { kanaKeys, sameAddress } from '@madoguchi/kernel';
import { editDistance } from './edit-distance.ts';
import type { SearchedName, SearchTerms } from './search-terms.ts';

/** A person of the register as a search sees them. */
export type Found = {
  residentId: string;
  nameKeys: readonly string[];
  kanaKey: string | null;
  kanaLoose: string | null;
  kanaFamily: string | null;
  dateOfBirth: string;
  address: string;
  placeBlock: string | null;
  placeKey: string | null;
  ticketNumbers: readonly string[];
  telephones: readonly string[];
  addresseeNumber: string;
};

export type Likeness = 'match' | 'near' | 'differs';
type Judged = { likeness: Likeness; score: number };
const MATCH: Judged = { likeness: 'match', score: 1 };
const DIFFERS: Judged = { likeness: 'differs', score: -1 };
const near = (score: number): Judged => ({ likeness: 'near', score });

/** Characters that are taken for each other on the telephone and are two names all the same. */
const TAKEN_FOR_EACH_OTHER = [['斉', '斎']] as const;

/** A name and the names it is taken for. */
export function takenFor(key: string): string[] {
  return TAKEN_FOR_EACH_OTHER.reduce(
    (all, [one, other]) => [
      ...new Set(
        all.flatMap((name) => [name, name.replaceAll(one, other), name.replaceAll(other, one)]),
      ),
    ],
    [key],
  );
}

/** Keys are compared as they stand on the register: deriving them again for hundreds would take long. */
function judgeKana(name: SearchedName & { kind: 'kana' }, person: Found): Judged {
  const { kanaKey, kanaLoose, kanaFamily, nameKeys } = person;
  if (kanaKey === name.k2 || nameKeys.includes(name.k2)) return MATCH;
  if (kanaKey === null || kanaLoose === null) return DIFFERS;
  if (kanaLoose === name.k4) return kanaKeys(kanaKey).k3 === name.k3 ? MATCH : near(0.9);
  const [heard, loose] = [editDistance(kanaKey, name.k2, 2), editDistance(kanaLoose, name.k4, 2)];
  // A kana taken for another is commoner than one too many or too few.
  if (heard === 1 && kanaKey.length === name.k2.length) return near(0.8);
  if (heard === 1 || loose === 1) return near(0.7);
  if (kanaFamily === name.k2) return near(0.4);
  return (heard === 2 || loose === 2) && name.k4.length > 4 ? near(0.3) : DIFFERS;
}

function judgeName(name: SearchedName, person: Found): Judged {
  if (name.kind === 'kana') return judgeKana(name, person);
  if (person.nameKeys.includes(name.key)) return MATCH;
  if (name.kind === 'roman') {
    const said = name.key.split(' ');
    const has = (key: string): boolean => said.every((word) => key.split(' ').includes(word));
    return person.nameKeys.some(has) ? near(0.6) : DIFFERS;
  }
  const alike = takenFor(name.key);
  if (person.nameKeys.some((key) => alike.includes(key))) return near(0.9);
  if (person.nameKeys.some((key) => key.startsWith(name.key))) return near(0.4);
  return person.nameKeys.some((key) => key.length > 2 && editDistance(key, name.key, 1) === 1)
    ? near(0.6)
    : DIFFERS;
}

const digitsApart = (one: string, other: string): number =>
  Array.from(one).filter((digit, at) => digit !== other[at]).length;

function judgeBirth(birth: NonNullable<SearchTerms['birth']>, known: string): Judged {
  if ('year' in birth) return known.startsWith(String(birth.year)) ? MATCH : DIFFERS;
  if (birth.day.startsWith(known)) return MATCH;
  if (known.length < 10) return DIFFERS;
  const [year = '', month = '', day = ''] = birth.day.split('-');
  if (known === `${year}-${day}-${month}`) return near(0.7);
  return digitsApart(birth.day, known) === 1 ? near(0.8) : DIFFERS;
}

const townOf = (key: string | null): string | undefined => key?.split(':')[0];

function judgePlace(place: NonNullable<SearchTerms['place']>, person: Found): Judged {
  if (person.placeBlock === place.block)
    return sameAddress(place.address, person.address) ? MATCH : near(0.6);
  return townOf(person.placeKey) === townOf(place.key) ? near(0.3) : DIFFERS;
}

const exactly = (holds: boolean): Judged => (holds ? MATCH : DIFFERS);

function judge(item: SearchItem, terms: SearchTerms, person: Found): Judged | undefined {
  switch (item) {
    case 'name':
      return terms.name && judgeName(terms.name, person);
    case 'dateOfBirth':
      return terms.birth && judgeBirth(terms.birth, person.dateOfBirth);
    case 'address':
      return terms.place && judgePlace(terms.place, person);
    case 'ticketNumber':
      return terms.ticketNumber === undefined
        ? undefined
        : exactly(person.ticketNumbers.includes(terms.ticketNumber));
    case 'telephone':
      return terms.telephone === undefined
        ? undefined
        : exactly(person.telephones.includes(terms.telephone));
    case 'addresseeNumber':
      return terms.addresseeNumber === undefined
        ? undefined
        : exactly(person.addresseeNumber === terms.addresseeNumber);
  }
}

export type Candidate = {
  residentId: string;
  score: number;
  items: Partial<Record<SearchItem, Likeness>>;
};

/**
 * How well a person fits what was said; undefined for one who does not. One item may be all wrong where
 * two others match: callers mix up their own numbers.
 */
export function judgeCandidate(terms: SearchTerms, person: Found): Candidate | undefined {
  const items: Candidate['items'] = {};
  let [score, matches, differs] = [0, 0, 0];
  for (const item of SEARCH_ITEMS) {
    const judged = judge(item, terms, person);
    if (!judged) continue;
    items[item] = judged.likeness;
    score += judged.score;
    if (judged.likeness === 'match') matches += 1;
    if (judged.likeness === 'differs') differs += 1;
  }
  if (differs > 1 || (differs === 1 && matches < 2)) return undefined;
  return { residentId: person.residentId, score, items };
}
