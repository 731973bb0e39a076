import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { KeyHint } from './key-hint.tsx';

type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> & {
  kind?: 'primary' | 'secondary' | 'quiet' | 'danger';
  /** Key printed on the button, e.g. `Enter`. */
  hint?: string;
  wide?: boolean;
  /** Under way: stays focusable and in place, but does nothing. */
  busy?: boolean;
  ref?: Ref<HTMLButtonElement>;
};

export function Button(props: ButtonProps): ReactNode {
  const {
    kind = 'secondary',
    hint,
    wide,
    busy,
    children,
    onClick,
    type = 'button',
    ...rest
  } = props;
  return (
    <button
      {...rest}
      type={type}
      className={`button button--${kind}${wide === true ? ' button--wide' : ''}`}
      aria-disabled={busy === true ? true : undefined}
      onClick={(event) => {
        if (busy === true) {
          event.preventDefault();
          return;
        }
        onClick?.(event);
      }}
    >
      {children}
      {hint === undefined ? null : <KeyHint>{hint}</KeyHint>}
    </button>
  );
}
