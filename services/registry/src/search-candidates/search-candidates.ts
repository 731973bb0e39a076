import { createHmac } from 'node:crypto';
import type {
  ReplyOf,
  RequestOf,
  SearchItem,
  searchCandidates as SearchCandidates,
} from '@madoguchi/contracts';
import { PURPOSES_OF_CASE, SEARCH_ITEMS } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import { ok, refuse, tokyoDate } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import type { Choice } from '../domain/choose-candidates.ts';
import { chooseCandidates, nextQuestions } from '../domain/choose-candidates.ts';
import { correctedNames } from '../domain/name-dictionary.ts';
import type { SearchTerms } from '../domain/search-terms.ts';
import { birthFaultOf, searchTerms } from '../domain/search-terms.ts';
import { SEARCH_LIMITS } from '../domain/thresholds.ts';
import type { FoundPeople, Scope, Way } from '../store/candidate-search.ts';
import { countSearch, followWay, waysTo, wayToNames } from '../store/candidate-search.ts';
import type { NamesOnRecord } from './names-on-record.ts';
import { namesOnRecord } from './names-on-record.ts';

type Request = RequestOf<typeof SearchCandidates>;
type Reply = ReplyOf<typeof SearchCandidates>;

const hasFound = (choice: Choice): boolean => choice.outcome === 'candidates';

/** Somebody fits in everything that was said; others can only fit as well. */
const isWhole = (choice: Choice): boolean =>
  choice.outcome === 'candidates' &&
  Object.values(choice.candidates[0]?.items ?? {}).every((likeness) => likeness === 'match');

/**
 * Follows one way after the other until somebody fits in everything that was said; what the earlier ways
 * found is judged with what the later ones find. A name and a birth that fit somebody can be those of
 * another, one of them mistyped: then those who come near follow on the list.
 */
async function choose(
  tx: Transaction,
  terms: SearchTerms,
  parts: { scope: Scope; names: NamesOnRecord },
): Promise<Choice> {
  const found = new Map<string, FoundPeople['people'][number]>();
  let more = false;
  let choice = chooseCandidates(terms, [], false);
  const mayBeAnother = terms.name !== undefined && terms.birth !== undefined;
  /** Whether the answer is there: one who fits in everything, or too many who do. */
  const answers = async (way: Way): Promise<boolean> => {
    const { people, more: cut } = await followWay(tx.query, parts.scope, { way, terms });
    for (const person of people) found.set(person.residentId, person);
    more ||= cut;
    choice = chooseCandidates(terms, [...found.values()], more);
    return choice.outcome === 'ask-more' || (isWhole(choice) && !mayBeAnother);
  };
  for (const way of waysTo(terms, parts.scope)) if (await answers(way)) return choice;
  const year = terms.birth && 'year' in terms.birth;
  if (terms.name?.kind !== 'kana' || (hasFound(choice) && !year)) return choice;
  const { replaced, others } = correctedNames(terms.name.typed, await parts.names.lists());
  for (const names of [replaced, others]) {
    if (names.length > 0) await answers(wayToNames(terms, names));
    if (hasFound(choice) && !isWhole(choice)) break;
  }
  return choice;
}

const unreadableOf = (items: Request['items'], terms: SearchTerms): SearchItem[] => {
  const read: Record<SearchItem, unknown> = {
    name: terms.name,
    dateOfBirth: terms.birth,
    address: terms.place,
    ticketNumber: terms.ticketNumber,
    telephone: terms.telephone,
    addresseeNumber: terms.addresseeNumber,
  };
  return SEARCH_ITEMS.filter(
    (item) => (items[item]?.trim() ?? '') !== '' && read[item] === undefined,
  );
};

/** A year alone, or nothing: whoever says no more cannot be looked for. */
const isTooLittle = (terms: SearchTerms): boolean =>
  Object.entries(terms).every(
    ([item, value]) =>
      value === undefined || (item === 'birth' && 'year' in (value as { year?: number })),
  );

/** Looks for people by what a caller says, and says how many fit and what to ask next. */
export function searchCandidates(runtime: Runtime): Handler<typeof SearchCandidates> {
  const names = namesOnRecord(runtime.database.read, runtime.clock);
  const key = Buffer.from(runtime.config.LOOKUP_KEY, 'base64url');
  const digest = (text: string): string =>
    createHmac('sha256', key).update(text).digest('base64url');

  return (request, context) => {
    const { permit } = context;
    if (!permit) return Promise.resolve(refuse('case_required'));
    const { purpose, items } = request;
    const day = tokyoDate(runtime.clock.now());
    const scope = {
      municipalityCode: runtime.config.MUNICIPALITY_CODE,
      today: day,
      lookupDigest: digest,
    };
    return runtime.database.transaction({ ...context.who, purpose }, async (tx) => {
      const answer = (
        reply: Omit<Reply, 'unreadable' | 'dateOfBirthFault'>,
        found: readonly string[] = [],
      ) => {
        tx.audit({
          action: 'search',
          operation: 'registry.search-candidates',
          outcome: reply.outcome === 'closed' ? 'refused' : 'done',
          purpose,
          residents: [...found],
          detail: {
            given: SEARCH_ITEMS.filter((item) => (items[item]?.trim() ?? '') !== ''),
            answer: reply.outcome,
          },
        });
        const birthFault = birthFaultOf(items, day);
        return ok({
          ...reply,
          unreadable: unreadableOf(items, terms),
          ...(birthFault === undefined ? {} : { dateOfBirthFault: birthFault }),
        });
      };
      const terms = searchTerms(items, day, runtime.config.MUNICIPALITY_CODE);
      if (!PURPOSES_OF_CASE[permit.kind].includes(purpose)) {
        tx.audit({
          action: 'search',
          operation: 'registry.search-candidates',
          outcome: 'refused',
          purpose,
          residents: [],
          detail: { answer: 'purpose_not_allowed' },
        });
        return refuse('purpose_not_allowed');
      }
      const counted = { caseId: permit.caseId, operatorId: context.actor.sub, day };
      const { ofCase, ofOperator } = await countSearch(tx.query, counted);
      if (ofCase > SEARCH_LIMITS.perCase || ofOperator > SEARCH_LIMITS.perOperatorAndDay)
        return answer({ outcome: 'closed', candidates: [], askFor: [] });
      if (isTooLittle(terms))
        return answer({ outcome: 'too-little', candidates: [], askFor: nextQuestions(terms) });
      const choice = await choose(tx, terms, { scope, names });
      const chosen = choice.outcome === 'candidates' ? choice.candidates : [];
      const shown = chosen.map(({ residentId, items: likeness }) => ({
        // Stands for the person in this case only, so that two searches cannot be joined by it.
        candidate: digest(`${permit.caseId}\n${residentId}`).slice(0, 22),
        items: likeness,
      }));
      return answer(
        { outcome: choice.outcome, candidates: shown, askFor: choice.askFor },
        chosen.map(({ residentId }) => residentId),
      );
    });
  };
}
