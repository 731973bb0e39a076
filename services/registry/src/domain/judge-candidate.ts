import type { SearchItem } from '@madoguchi/contracts';
import { SEARCH_ITEMS } from '@madoguchi/contracts';
import { kanaKeys, sameAddress } from '@madoguchi/kernel';
import { editDistance } from './edit-distance.ts';
import { placeKeys } from './search-keys.ts';
import type { SearchedName, SearchTerms } from './search-terms.ts';

/** A person of the register as a search sees them. */
export type Found = {
  residentId: string;
  nameKeys: readonly string[];
  kanaKey: string | null;
  kanaFamily: string | null;
  dateOfBirth: string;
  address: string;
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

function judgeKana(name: SearchedName & { kind: 'kana' }, person: Found): Judged {
  if (person.kanaKey === name.k2 || person.nameKeys.includes(name.k2)) return MATCH;
  if (person.kanaKey === null) return DIFFERS;
  const { k3, k4 } = kanaKeys(person.kanaKey);
  if (k3 === name.k3) return MATCH;
  if (k4 === name.k4) return near(0.9);
  const distance = Math.min(editDistance(person.kanaKey, name.k2, 2), editDistance(k4, name.k4, 2));
  if (distance === 1) return near(0.75);
  if (person.kanaFamily !== null && kanaKeys(person.kanaFamily).k3 === name.k3) return near(0.4);
  return distance === 2 && name.k4.length > 4 ? near(0.3) : DIFFERS;
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

function judgePlace(place: NonNullable<SearchTerms['place']>, address: string): Judged {
  if (sameAddress(place.address, address)) return MATCH;
  const { placeBlock, placeKey } = placeKeys(address);
  if (placeBlock === place.block || placeKey === place.key) return near(0.6);
  const town = (key: string | null): string | undefined => key?.split(':')[0];
  return town(placeKey) === town(place.key) ? near(0.3) : DIFFERS;
}

const exactly = (holds: boolean): Judged => (holds ? MATCH : DIFFERS);

function judge(item: SearchItem, terms: SearchTerms, person: Found): Judged | undefined {
  switch (item) {
    case 'name':
      return terms.name && judgeName(terms.name, person);
    case 'dateOfBirth':
      return terms.birth && judgeBirth(terms.birth, person.dateOfBirth);
    case 'address':
      return terms.place && judgePlace(terms.place, person.address);
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
