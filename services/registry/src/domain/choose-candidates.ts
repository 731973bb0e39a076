import type { SearchItem } from '@madoguchi/contracts';
import type { SearchTerms } from './search-terms.ts';
import type { Candidate, Found } from './judge-candidate.ts';
import { judgeCandidate } from './judge-candidate.ts';

export const MOST_SHOWN = 10;

/** What tells people apart best, first: a birth date leaves 19 of 700,000. */
const ASKED_FIRST: readonly SearchItem[] = [
  'dateOfBirth',
  'address',
  'name',
  'ticketNumber',
  'telephone',
];

export type Choice =
  | { outcome: 'candidates'; candidates: Candidate[]; askFor: SearchItem[] }
  /** More fit than can be told apart by what was said. */
  | { outcome: 'ask-more'; askFor: SearchItem[] }
  | { outcome: 'none'; askFor: SearchItem[] };

/** Items to ask for next: those not given or not readable; a year of birth can become a day. */
export function nextQuestions(terms: SearchTerms): SearchItem[] {
  const known: Record<SearchItem, boolean> = {
    name: terms.name !== undefined,
    dateOfBirth: terms.birth !== undefined && 'day' in terms.birth,
    address: terms.place !== undefined,
    ticketNumber: terms.ticketNumber !== undefined,
    telephone: terms.telephone !== undefined,
    addresseeNumber: true,
  };
  return ASKED_FIRST.filter((item) => !known[item]);
}

/** Ranks who fits; a list of people who fit alike is never longer than ten. */
export function chooseCandidates(
  terms: SearchTerms,
  people: readonly Found[],
  more: boolean,
): Choice {
  const askFor = nextQuestions(terms);
  const fitting = people
    .map((person) => judgeCandidate(terms, person))
    .filter((candidate) => candidate !== undefined)
    // The id decides between equals, so that the same question has the same answer.
    .toSorted((a, b) => b.score - a.score || (a.residentId < b.residentId ? -1 : 1));
  const [best] = fitting;
  if (!best) return { outcome: more ? 'ask-more' : 'none', askFor };
  // Who fits in everything is one of many as soon as more than ten do; who only comes near is tried.
  const exact = best.score === Object.keys(best.items).length;
  const alike = fitting.filter(({ score }) => score === best.score).length;
  if ((exact || best.score <= 0.5) && alike > MOST_SHOWN) return { outcome: 'ask-more', askFor };
  return { outcome: 'candidates', candidates: fitting.slice(0, MOST_SHOWN), askFor };
}
