import type { Purpose } from '@madoguchi/contracts/roles';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import { useFocusOnMount } from '../design/use-focus-on-mount.ts';
import type { Problem } from '../gateway/answer.ts';
import type { SearchAnswer, Verification } from '../gateway/contract-types.ts';
import { callMessages, verificationMessages } from '../messages/call-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { SearchOutcome } from './search-outcome.tsx';
import { purposeNames, spokenItemNames } from '../messages/names.ts';

type VerificationOutcomeProps = {
  state: Verification | undefined;
  verifiedPurpose: Purpose | undefined;
  problem: Problem | undefined;
  found: SearchAnswer | undefined;
  inquiry: boolean;
  onRefer: () => void;
};

/** The answer to a verification; its room is reserved, so that it moves nothing when it comes. */
export function VerificationOutcome(props: VerificationOutcomeProps): ReactNode {
  const { problem, onRefer } = props;
  const closed = isClosed(props);
  return (
    <div className="outcome">
      {problem !== undefined && !closed ? (
        <ProblemNotice problem={problem} />
      ) : (
        <Answer {...props} />
      )}
      {closed ? <ReferButton onRefer={onRefer} /> : null}
    </div>
  );
}

/** The only way on after the last try; takes the focus so that Enter leads there. */
function ReferButton({ onRefer }: { onRefer: () => void }): ReactNode {
  const { t } = useLanguage();
  const button = useFocusOnMount<HTMLButtonElement>();
  return (
    <Button ref={button} kind="primary" hint="Alt+0" onClick={onRefer}>
      {t(callMessages.refer)}
    </Button>
  );
}

function isClosed({ state, problem, verifiedPurpose }: VerificationOutcomeProps): boolean {
  if (verifiedPurpose !== undefined) return false;
  return state?.outcome === 'closed' || problem?.code === 'verification_closed';
}

function Answer(props: VerificationOutcomeProps): ReactNode {
  const { state, verifiedPurpose, inquiry } = props;
  const { language, t } = useLanguage();
  if (isClosed(props)) {
    return (
      <Notice tone="warn" say>
        {t(verificationMessages.closed)}
      </Notice>
    );
  }
  if (props.found) return <SearchOutcome answer={props.found} />;
  if (inquiry) return <Notice>{t(verificationMessages.inquiryNote)}</Notice>;
  if (state?.outcome === 'more-needed') {
    const items = state.askFor.map((item) => spokenItemNames[item][language]);
    return (
      <Notice tone="key">
        {t(verificationMessages.moreNeeded, { items: items.join(t(verificationMessages.or)) })}
      </Notice>
    );
  }
  if (state?.outcome === 'not-confirmed') {
    return <Notice tone="warn">{t(verificationMessages.notConfirmed)}</Notice>;
  }
  if (state?.outcome === 'moved-away') return <MovedAway municipality={state.municipalityToAsk} />;
  if (verifiedPurpose !== undefined) {
    return (
      <Notice tone="good">
        <strong>{t(verificationMessages.confirmed)}</strong>
        <br />
        {t(verificationMessages.confirmedNote, { purpose: t(purposeNames[verifiedPurpose]) })}
      </Notice>
    );
  }
  return <p className="outcome__lead">{t(verificationMessages.before)}</p>;
}

function MovedAway({ municipality }: { municipality: string | undefined }): ReactNode {
  const { t } = useLanguage();
  return (
    <Notice tone="key">
      {municipality === undefined
        ? t(verificationMessages.movedAwayUnknown)
        : t(verificationMessages.movedAway, { municipality })}
    </Notice>
  );
}
