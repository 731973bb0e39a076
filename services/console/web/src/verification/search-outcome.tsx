import type { SearchItem } from '@madoguchi/contracts';
import type { ReactNode } from 'react';
import { Notice } from '../design/notice.tsx';
import type { SearchAnswer } from '../gateway/contract-types.ts';
import { verificationMessages } from '../messages/call-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { likenessNames, searchItemNames } from '../messages/names.ts';

/** How well one candidate fits, item by item; it never says who they are. */
function Fit({ items }: { items: SearchAnswer['candidates'][number]['items'] }): ReactNode {
  const { t } = useLanguage();
  const fits = Object.entries(items).map(
    ([item, likeness]) => `${t(searchItemNames[item as SearchItem])} ${t(likenessNames[likeness])}`,
  );
  return <>{fits.join(t(verificationMessages.listComma))}</>;
}

/** What a search leads to: how many fit, how well, and what to ask next. */
export function SearchOutcome({ answer }: { answer: SearchAnswer }): ReactNode {
  const { t } = useLanguage();
  const { outcome, candidates, askFor } = answer;
  const [next, other] = askFor;
  const items = [next, other].flatMap((item) => (item ? [t(searchItemNames[item])] : []));
  const ask = t(verificationMessages.askNext, { items: items.join(t(verificationMessages.or)) });
  const [best] = candidates;
  const found =
    outcome === 'candidates'
      ? t(verificationMessages.searchFound, { count: candidates.length })
      : t(verificationMessages[SENTENCES[outcome]]);
  return (
    <Notice tone={outcome === 'closed' ? 'warn' : 'key'}>
      <strong>{found}</strong>
      {best ? (
        <>
          {' '}
          <Fit items={best.items} />
        </>
      ) : null}
      <br />
      {items.length > 0 && outcome !== 'closed' ? ask : t(verificationMessages.searchThenCheck)}
    </Notice>
  );
}

const SENTENCES = {
  'ask-more': 'searchMany',
  none: 'searchNone',
  'too-little': 'searchTooLittle',
  closed: 'searchClosed',
} as const;
