import { useState } from 'react';
import type { ReactNode } from 'react';
import { nextDose } from '../booking/next-dose.ts';
import { Notice } from '../design/notice.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import type { Verified } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useEvery } from '../gateway/use-every.ts';
import { useQuery } from '../gateway/use-query.ts';
import { general } from '../messages/general-messages.ts';
import { groupMessages } from '../messages/group-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { JoinForm } from './join-form.tsx';
import { WaitingCard } from './waiting-card.tsx';

/** How often a kept seat is looked for, ms. */
const POLL_MS = 10_000;

/** What the verified person waits for, the seat that is kept for them, and a new wish. */
export function WaitingTask({ verified }: { verified: Verified }): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const { residentId } = verified;
  const waiting = useQuery(() => gateway.listWaiting({ residentId }));
  const [said, setSaid] = useState<string | undefined>(undefined);
  useEvery(POLL_MS, waiting.reload);
  const done = (sentence: string): void => {
    setSaid(sentence);
    waiting.reload();
  };
  const entries = waiting.value?.entries;
  return (
    <div className="stack">
      {said === undefined ? null : <Notice tone="good">{said}</Notice>}
      <ProblemNotice problem={waiting.problem} />
      {entries === undefined && waiting.problem === undefined ? (
        <p className="empty">{t(general.loading)}</p>
      ) : null}
      {entries?.length === 0 ? <p className="empty">{t(groupMessages.noWaiting)}</p> : null}
      {entries?.map((entry) => (
        <WaitingCard
          key={entry.entryId}
          {...{ residentId, entry }}
          onDone={done}
          onGone={waiting.reload}
        />
      ))}
      <JoinForm
        residentId={residentId}
        doseNumber={nextDose(verified) ?? 1}
        onJoined={(number) =>
          done(number === null ? t(groupMessages.joinedWeb) : t(groupMessages.joined, { number }))
        }
      />
    </div>
  );
}
