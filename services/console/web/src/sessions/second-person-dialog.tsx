import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { missingCharacters } from '../call-desk/reason-length.ts';
import { WrittenReason } from '../call-desk/written-reason.tsx';
import { Button } from '../design/button.tsx';
import { Choices } from '../design/choices.tsx';
import { Dialog } from '../design/dialog.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import type { Answer, Problem } from '../gateway/answer.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { secondPersonMessages } from '../messages/second-person-messages.ts';
import { besidesCode, useFreshCode } from '../sign-in/use-fresh-code.tsx';
import { DeskConditions } from '../verification/desk-conditions.tsx';
import { useDeskConditions } from '../verification/use-desk-conditions.ts';
import { SessionChangeFacts } from './session-change-facts.tsx';
import type { Proposal, Word } from './use-proposal.ts';
import { useSessionChange } from './use-session-change.ts';

const WAYS = ['approval', 'emergency'] as const;
type Way = (typeof WAYS)[number];

type SecondPersonDialogProps = {
  title: string;
  action: string;
  proposal: Proposal;
  mayBeEmergency: boolean;
  busy: boolean;
  problem: Problem | undefined;
  send: (word: Word) => Promise<Answer<unknown> | undefined>;
  onClose: () => void;
};

/** What is to be done, and the two ways to it: a second person's yes, or an emergency that is confirmed later. */
export function SecondPersonDialog(props: SecondPersonDialogProps): ReactNode {
  const { title, action, proposal, mayBeEmergency, busy, send, onClose } = props;
  const { t } = useLanguage();
  const [way, setWay] = useState<Way>('approval');
  const shown = useSessionChange(proposal.change.changeId);
  // That a second person is needed is what this dialog is about.
  const isAsked = props.problem?.code === 'session_change_needs_approval';
  const problem = isAsked ? undefined : besidesCode(props.problem);
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{t(secondPersonMessages.lead)}</p>
      <SessionChangeFacts view={shown.value?.change ?? proposal.change} />
      {mayBeEmergency ? (
        <Choices
          label={t(secondPersonMessages.way)}
          value={way}
          options={WAYS.map((value) => ({ value, label: t(secondPersonMessages[value]) }))}
          onChoose={setWay}
          digits
          focusFirst
        />
      ) : null}
      {way === 'approval' ? (
        <WithApproval {...{ proposal, problem, busy, action, send, onClose }} />
      ) : (
        <AtOnce {...{ problem, busy, send, onClose }} />
      )}
    </Dialog>
  );
}

type WayProps = Pick<SecondPersonDialogProps, 'busy' | 'problem' | 'send' | 'onClose'>;

function WithApproval(props: WayProps & { proposal: Proposal; action: string }): ReactNode {
  const { proposal, problem, busy, action, send, onClose } = props;
  const { t } = useLanguage();
  const conditions = useDeskConditions({
    kind: 'session-change',
    selection: proposal.selection,
  });
  const { approvalId, ready } = conditions;
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (ready) button.current?.focus();
  }, [ready]);
  return (
    <div className="stack">
      <DeskConditions desk={conditions} />
      <ProblemNotice problem={problem} />
      <div className="dialog__actions">
        <Button hint="Esc" onClick={onClose}>
          {t(general.cancel)}
        </Button>
        <Button
          ref={button}
          kind="danger"
          busy={busy || !ready}
          onClick={() => {
            if (approvalId !== undefined) void send({ approvalId });
          }}
        >
          {action}
        </Button>
      </div>
    </div>
  );
}

function AtOnce({ problem, busy, send, onClose }: WayProps): ReactNode {
  const { t } = useLanguage();
  const [explanation, setExplanation] = useState('');
  const code = useFreshCode();
  const missing = missingCharacters(explanation);
  const close = async (): Promise<void> => {
    if (busy || missing > 0) return;
    await code.withCode(() => send({ emergency: { explanation: explanation.trim() } }));
  };
  return (
    <>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void close();
        }}
      >
        <p>{t(secondPersonMessages.emergencyLead)}</p>
        <WrittenReason
          label={t(secondPersonMessages.explanation)}
          value={explanation}
          onText={setExplanation}
        />
        <ProblemNotice problem={problem} />
        <div className="dialog__actions">
          <Button hint="Esc" onClick={onClose}>
            {t(general.cancel)}
          </Button>
          <Button type="submit" kind="danger" hint="Enter" busy={busy || missing > 0}>
            {t(secondPersonMessages.closeNow)}
          </Button>
        </div>
      </form>
      {code.dialog}
    </>
  );
}
