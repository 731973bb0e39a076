import type { SpokenItem } from '@madoguchi/contracts';
import type { Purpose } from '@madoguchi/contracts/roles';
import { useState } from 'react';
import type { Answer, Problem } from '../gateway/answer.ts';
import type { SearchAnswer, Verification, VerifyRequest } from '../gateway/contract-types.ts';
import { EMPTY_ITEMS, requestOf } from './draft.ts';
import type { Draft } from './draft.ts';

export type VerificationForm = {
  draft: Draft;
  /** Items as they were sent last. */
  sent: Draft['items'] | undefined;
  answer: Verification | undefined;
  problem: Problem | undefined;
  busy: boolean;
  setPurpose: (purpose: Purpose) => void;
  setItem: (item: SpokenItem, text: string) => void;
  setProxy: (proxy: Draft['proxy']) => void;
  submit: () => Promise<void>;
  /** Answer of the last search, until something is checked. */
  found: SearchAnswer | undefined;
  search: () => Promise<void>;
};

/** The draft of one case and what was last answered to it. */
export function useVerification(
  ways: {
    verify: (request: VerifyRequest) => Promise<Answer<Verification>>;
    search: (request: VerifyRequest) => Promise<Answer<SearchAnswer>>;
  },
  firstPurpose: Purpose,
): VerificationForm {
  const [draft, setDraft] = useState<Draft>({
    purpose: firstPurpose,
    items: EMPTY_ITEMS,
    proxy: undefined,
  });
  const [sent, setSent] = useState<Draft['items'] | undefined>(undefined);
  const [answer, setAnswer] = useState<Verification | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<SearchAnswer | undefined>(undefined);

  const submit = async (): Promise<void> => {
    const request = requestOf(draft);
    if (busy || Object.keys(request.items).length === 0) return;
    setBusy(true);
    const { items } = draft;
    const result = await ways.verify(request);
    setBusy(false);
    setSent(items);
    setFound(undefined);
    setProblem(result.ok ? undefined : result.problem);
    if (result.ok) setAnswer(result.value);
  };
  const search = async (): Promise<void> => {
    const { purpose, items } = requestOf(draft);
    if (busy || Object.keys(items).length === 0) return;
    setBusy(true);
    const result = await ways.search({ purpose, items });
    setBusy(false);
    setProblem(result.ok ? undefined : result.problem);
    setFound(result.ok ? result.value : undefined);
  };
  return {
    draft,
    sent,
    answer,
    problem,
    busy,
    setPurpose: (purpose) => setDraft((before) => ({ ...before, purpose })),
    setItem: (item, text) =>
      setDraft((before) => ({ ...before, items: { ...before.items, [item]: text } })),
    setProxy: (proxy) => setDraft((before) => ({ ...before, proxy })),
    submit,
    found,
    search,
  };
}
