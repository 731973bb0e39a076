import type { ReactNode } from 'react';
import type { Part } from '../gateway/contract-types.ts';
import { contextMessages } from '../messages/call-messages.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';

type PartBodyProps<Value> = {
  /** Undefined before verification. */
  part: Part<Value> | undefined;
  /** Says before verification only a dash; the words stand once on the screen. */
  quiet?: boolean;
  children: (value: Value) => ReactNode;
};

/** One part of the context: not yet allowed, on its way, its owner away, not for this purpose, or here. */
export function PartBody<Value>({ part, quiet, children }: PartBodyProps<Value>): ReactNode {
  const { t } = useLanguage();
  if (part === undefined) {
    return (
      <p className="empty">
        {quiet === true ? <span aria-hidden="true">―</span> : null}
        <span className={quiet === true ? 'visually-hidden' : undefined}>
          {t(contextMessages.beforeVerification)}
        </span>
      </p>
    );
  }
  if (part.state === 'loading') return <p className="empty">{t(general.loading)}</p>;
  if (part.state === 'unavailable') return <p className="empty">{t(general.unavailable)}</p>;
  if (part.state === 'not-shown') return <p className="empty">{t(general.notForPurpose)}</p>;
  return children(part.value);
}
