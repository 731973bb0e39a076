import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import { ReadOut } from './read-out.tsx';
import { useFocusOnMount } from './use-focus-on-mount.ts';
import type { Problem } from '../gateway/answer.ts';
import { useLanguage } from '../messages/language.tsx';
import { bookingMessages } from '../messages/task-messages.ts';

type ReadBackProps = {
  title?: string;
  /** What the button with Enter says. */
  action: string;
  kind?: 'primary' | 'danger';
  busy: boolean;
  onSubmit: () => void;
  /** What the button with Esc says. */
  back: string;
  onBack: () => void;
  problem: Problem | undefined;
  /** Beside the title: how long a seat is kept. */
  aside?: ReactNode;
  /** The whole of it, to be said to the caller as it stands. */
  sentence?: string;
  /** A field among the children takes the focus instead of the button. */
  fieldFirst?: boolean;
  /** Between why it was refused and the two ways out. */
  below?: ReactNode;
  children: ReactNode;
};

/** A command is said back before it is given: the facts, the sentence, Enter to do it, Esc to go back. */
export function ReadBack(props: ReadBackProps): ReactNode {
  const { action, kind = 'primary', busy, onSubmit, back, onBack, problem } = props;
  const { title, aside, sentence, fieldFirst, below, children } = props;
  const { t } = useLanguage();
  const first = useFocusOnMount<HTMLButtonElement>();
  return (
    <form
      className="stack read-back"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onBack();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) onSubmit();
      }}
    >
      <div className="row row--spread">
        <h3 className="read-back__title">{title ?? t(bookingMessages.readBack)}</h3>
        {aside}
      </div>
      {children}
      {sentence === undefined ? null : <ReadOut>{sentence}</ReadOut>}
      <ProblemNotice problem={problem} />
      {below}
      <div className="row row--end">
        <Button hint="Esc" onClick={onBack}>
          {back}
        </Button>
        <Button
          {...(fieldFirst === true ? {} : { ref: first, 'data-first-focus': true })}
          type="submit"
          kind={kind}
          hint="Enter"
          busy={busy}
        >
          {action}
        </Button>
      </div>
    </form>
  );
}
