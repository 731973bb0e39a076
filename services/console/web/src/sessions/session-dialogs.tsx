import type { ReactNode } from 'react';
import { longDay } from '../format/dates.ts';
import type { Offer, SessionView } from '../gateway/contract-types.ts';
import { useLanguage } from '../messages/language.tsx';
import { secondPersonMessages } from '../messages/second-person-messages.ts';
import { ChangeCapacityDialog } from './change-capacity-dialog.tsx';
import { CloseDaysDialog } from './close-days-dialog.tsx';
import { CloseSessionDialog } from './close-session-dialog.tsx';
import { CopySessionsDialog } from './copy-sessions-dialog.tsx';
import { OpenSessionDialog } from './open-session-dialog.tsx';
import { PlanQuotasDialog } from './plan-quotas-dialog.tsx';
import { ReopenSessionDialog } from './reopen-session-dialog.tsx';
import { SessionFileDialog } from './session-file-dialog.tsx';
import type { SessionFilter } from './session-filters.tsx';
import { namesOf } from './session-table.tsx';

export type SessionDialog =
  | 'open'
  | 'copy'
  | 'closeDays'
  | 'file'
  | 'close'
  | 'reopen'
  | 'capacity'
  | 'plan';

type SessionDialogsProps = {
  dialog: SessionDialog;
  /** The chosen one, for what is done with one. */
  session: SessionView | undefined;
  filter: SessionFilter;
  offer: Offer | undefined;
  onClose: () => void;
  /** Says what was done. */
  onDone: (sentence: string) => void;
};

export function SessionDialogs(props: SessionDialogsProps): ReactNode {
  const { dialog, session, filter, offer, onClose, onDone } = props;
  const { venueCode } = filter;
  switch (dialog) {
    case 'open':
      return <OpenSessionDialog {...{ offer, venueCode, onClose, onDone }} />;
    case 'copy':
      return <CopySessionsDialog {...{ session, offer, venueCode, onClose, onDone }} />;
    case 'closeDays':
      return <CloseDaysDialog {...{ offer, venueCode, onClose, onDone }} />;
    case 'file':
      return <SessionFileDialog {...{ filter, onClose, onDone }} />;
    case 'close':
    case 'reopen':
    case 'capacity':
    case 'plan':
      return session === undefined ? null : (
        <OfOne {...{ dialog, session, offer, onClose, onDone }} sessionId={session.sessionId} />
      );
  }
}

type OfOneProps = Pick<SessionDialogsProps, 'offer' | 'onClose' | 'onDone'> & {
  dialog: 'close' | 'reopen' | 'capacity' | 'plan';
  session: SessionView;
  sessionId: string;
};

function OfOne({ dialog, session, offer, ...props }: OfOneProps): ReactNode {
  const { language, t } = useLanguage();
  const { day, pattern, booked } = session;
  const { venue } = namesOf(session, offer, language);
  // The row it was chosen in lies under the dialog.
  const about = `${longDay(day, language)} ${venue} ${pattern.startsAt}–${pattern.endsAt}・${t(secondPersonMessages.booked, { count: booked })}`;
  const rest = { ...props, about };
  switch (dialog) {
    case 'close':
      return <CloseSessionDialog {...rest} />;
    case 'reopen':
      return <ReopenSessionDialog {...rest} />;
    case 'capacity':
      return <ChangeCapacityDialog {...rest} present={session.pattern.capacity} />;
    case 'plan':
      return (
        <PlanQuotasDialog {...{ session, about }} onClose={rest.onClose} onDone={rest.onDone} />
      );
  }
}
