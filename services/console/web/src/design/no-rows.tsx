import type { ReactNode } from 'react';
import type { Problem } from '../gateway/answer.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import type { Message } from '../messages/message.ts';

type NoRowsProps = {
  rows: readonly unknown[] | undefined;
  /** Why there are none; said elsewhere. */
  problem: Problem | undefined;
  /** What is said where there are none. */
  nothing: Message;
};

/** What stands where no rows do: that they are on their way, or that there are none. */
export function NoRows({ rows, problem, nothing }: NoRowsProps): ReactNode {
  const { t } = useLanguage();
  if (rows === undefined)
    return problem === undefined ? <p className="empty">{t(general.loading)}</p> : null;
  return rows.length === 0 ? <p className="empty">{t(nothing)}</p> : null;
}
