import type { closeSession, ReplyOf } from '@madoguchi/contracts';
import { dayAndTime } from '../format/dates.ts';
import type { useLanguage } from '../messages/language.tsx';
import { secondPersonMessages } from '../messages/second-person-messages.ts';
import { sessionMessages } from '../messages/session-messages.ts';

/** What became of a closing, and what is left to be done about it. */
export function closedSentence(
  { toBeCalled, holdsEnded, confirmBy }: ReplyOf<typeof closeSession>,
  { t, language }: ReturnType<typeof useLanguage>,
): string {
  if (confirmBy === undefined)
    return t(sessionMessages.closed, { count: toBeCalled, holds: holdsEnded });
  const by = dayAndTime(confirmBy, language);
  return t(secondPersonMessages.closedNow, { count: toBeCalled, by });
}
