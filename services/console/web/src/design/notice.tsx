import type { ReactNode } from 'react';
import type { Tone } from './badge.tsx';

type NoticeProps = {
  tone?: Tone;
  /** A sentence to be read out to the caller. */
  say?: boolean;
  children: ReactNode;
};

/** A message in the flow of a panel. Bad news is spoken at once, the rest when there is time. */
export function Notice({ tone = 'plain', say, children }: NoticeProps): ReactNode {
  return (
    <div className={`notice notice--${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <div className={say === true ? 'notice__say' : undefined}>{children}</div>
    </div>
  );
}
