import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Notice } from './notice.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import { submitOnEnter } from './submit-on-enter.ts';
import type { Problem } from '../gateway/answer.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';

type FormDialogProps = {
  title: string;
  /** What it is done to, where that was chosen before. */
  about?: string;
  lead?: string;
  /** What the button says. */
  action: string;
  kind?: 'primary' | 'danger';
  busy: boolean;
  /** What it needs is there; where it is not, whoever wants to go on is told. */
  ready?: boolean;
  problem: Problem | undefined;
  onSubmit: () => Promise<void>;
  onClose: () => void;
  /** It is done, and what came of it stands here: nothing is left but to close. */
  done?: boolean;
  children?: ReactNode;
};

/** A dialog that is one command: fields, why it was refused, and the two ways out. */
export function FormDialog(props: FormDialogProps): ReactNode {
  const { title, lead, action, kind = 'primary', busy, problem, onSubmit, onClose } = props;
  const { ready = true } = props;
  const [early, setEarly] = useState(false);
  const { t } = useLanguage();
  const submit = useRef<HTMLButtonElement>(null);
  const refusal = useRef<HTMLDivElement>(null);
  const done = props.done === true;
  useEffect(() => {
    if (done) submit.current?.focus();
  }, [done]);
  // On a small screen it would lie below what can be seen.
  useEffect(() => {
    if (problem !== undefined || early) refusal.current?.scrollIntoView({ block: 'nearest' });
  }, [problem, early]);
  return (
    <Dialog title={title} onClose={onClose}>
      {props.about === undefined ? null : (
        <p>
          <strong>{props.about}</strong>
        </p>
      )}
      {lead === undefined ? null : <p>{lead}</p>}
      <form
        className="stack"
        noValidate
        onKeyDown={submitOnEnter}
        onSubmit={(event) => {
          event.preventDefault();
          setEarly(!ready);
          if (!busy && ready) void onSubmit();
        }}
      >
        {props.children}
        <div ref={refusal}>
          <ProblemNotice problem={problem} />
          {early && !ready ? <Notice tone="warn">{t(general.incomplete)}</Notice> : null}
        </div>
        <div className="dialog__actions">
          {done ? null : (
            <Button hint="Esc" onClick={onClose}>
              {t(general.cancel)}
            </Button>
          )}
          <Button ref={submit} type="submit" kind={kind} hint="Enter" busy={busy}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
