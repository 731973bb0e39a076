import type { SpokenItem } from '@madoguchi/contracts';
import type { Purpose } from '@madoguchi/contracts/roles';
import { useState } from 'react';
import type { Answer, Problem } from '../gateway/answer.ts';
import type { Verification, VerifyRequest } from '../gateway/contract-types.ts';
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
};

/** The draft of one case and what was last answered to it. */
export function useVerification(
  send: (request: VerifyRequest) => Promise<Answer<Verification>>,
  verifiedPurpose: Purpose | undefined,
): VerificationForm {
  const [draft, setDraft] = useState<Draft>({
    purpose: verifiedPurpose ?? 'reservation',
    items: EMPTY_ITEMS,
    proxy: undefined,
  });
  const [sent, setSent] = useState<Draft['items'] | undefined>(undefined);
  const [answer, setAnswer] = useState<Verification | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [busy, setBusy] = useState(false);

  const submit = async (): Promise<void> => {
    const request = requestOf(draft);
    if (busy || Object.keys(request.items).length === 0) return;
    setBusy(true);
    const { items } = draft;
    const result = await send(request);
    setBusy(false);
    setSent(items);
    setProblem(result.ok ? undefined : result.problem);
    if (result.ok) setAnswer(result.value);
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
  };
}
