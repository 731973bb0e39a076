import type { ReactNode } from 'react';
import type { Line } from '../gateway/gateway.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';

/** Lies over the bottom edge while the connection is down; moves nothing. */
export function ReconnectingBar({ line }: { line: Line }): ReactNode {
  const { t } = useLanguage();
  if (line !== 'reconnecting') return null;
  return (
    <div className="reconnecting-bar" role="alert">
      {t(general.reconnectingNote)}
    </div>
  );
}
