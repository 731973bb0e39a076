import { useEffect, useEffectEvent, useRef } from 'react';
import type { ReactNode } from 'react';
import { Badge } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { dayAndTime, shortDay } from '../format/dates.ts';
import { shortId } from '../format/numbers.ts';
import type { Offer, WorkItem } from '../gateway/contract-types.ts';
import { callbackMessages } from '../messages/callback-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { workItemKindNames } from '../messages/desk-names.ts';
import { bookingMessages } from '../messages/task-messages.ts';
import type { Callback } from './find-callbacks.ts';
import { reasonText } from './reason-text.ts';

type CallbackTableProps = {
  items: readonly Callback[];
  venues: Offer['venues'];
  /** Brings the focus to the first that may be called: nobody looks for something else yet. */
  focusFirst: boolean;
  mayCall: boolean;
  /** Also before its time, as the desk may. */
  mayCallEarly: boolean;
  /** Another case is on this desk. */
  blocked: boolean;
  onTake: (item: WorkItem) => void;
  onGiveBack: (item: WorkItem) => void;
  onGoToCase: () => void;
};

export function CallbackTable(props: CallbackTableProps): ReactNode {
  const { items, venues, focusFirst } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const takeFocus = useEffectEvent(() => {
    if (focusFirst) body.current?.querySelector<HTMLElement>('button[data-due]')?.focus();
  });
  useEffect(() => takeFocus(), []);
  useEffect(() => {
    // The row with the focus was taken by somebody else: the next one is where Enter is wanted.
    if (document.activeElement === document.body) takeFocus();
  });
  const { language, t } = useLanguage();
  const venueOf = (code: string | undefined): string =>
    venues.find(({ venueCode }) => venueCode === code)?.name[language] ?? code ?? '';
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t(callbackMessages.dueAt)}</th>
          <th scope="col">{t(callbackMessages.kind)}</th>
          <th scope="col">{t(bookingMessages.venue)}</th>
          <th scope="col">{t(callbackMessages.day)}</th>
          <th scope="col">{t(callbackMessages.why)}</th>
          <th scope="col">{t(callbackMessages.tries)}</th>
          <th scope="col">{t(callbackMessages.notBefore)}</th>
          <th scope="col">{t(callbackMessages.action)}</th>
        </tr>
      </thead>
      <tbody ref={body}>
        {items.map((item) => (
          <tr key={item.itemId}>
            <td className="nowrap">{dayAndTime(item.dueAt, language)}</td>
            <td>
              {t(workItemKindNames[item.kind])}{' '}
              {item.deskOnly ? <Badge tone="warn">{t(callbackMessages.deskOnly)}</Badge> : null}
            </td>
            <td>{venueOf(item.venueCode)}</td>
            <td className="nowrap">{item.day === undefined ? '' : shortDay(item.day, language)}</td>
            <td>{item.reason === undefined ? '' : reasonText(item.reason, language)}</td>
            <td className="nowrap">
              {item.tries === 0 ? '' : t(callbackMessages.triesCount, { count: item.tries })}
            </td>
            <td className="nowrap">{item.state === 'open' ? <Since {...{ item }} /> : null}</td>
            <td className="nowrap">
              <Actions {...props} item={item} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** From when on somebody may be called. */
function Since({ item }: { item: Callback }): ReactNode {
  const { language, t } = useLanguage();
  if (item.due) return t(callbackMessages.now);
  return t(callbackMessages.from, { time: dayAndTime(item.notBefore, language) });
}

type ActionsProps = CallbackTableProps & { item: Callback };

function Actions(props: ActionsProps): ReactNode {
  const { item, mayCall, mayCallEarly, blocked, onTake, onGiveBack, onGoToCase } = props;
  const { t } = useLanguage();
  const number = shortId(item.itemId);
  if (!mayCall || item.state === 'done') return null;
  if (item.mine && item.state === 'taken')
    return (
      <span className="row">
        <Button aria-label={`${t(callbackMessages.toCase)} ${number}`} onClick={onGoToCase}>
          {t(callbackMessages.toCase)}
        </Button>
        <Button
          kind="quiet"
          aria-label={`${t(callbackMessages.release)} ${number}`}
          onClick={() => onGiveBack(item)}
        >
          {t(callbackMessages.release)}
        </Button>
      </span>
    );
  if (item.state !== 'open') return null;
  if (!item.due && !mayCallEarly) return <span className="soft">{t(callbackMessages.notYet)}</span>;
  const word = t(item.due ? callbackMessages.take : callbackMessages.takeEarly);
  return (
    <Button
      kind={item.due ? 'secondary' : 'quiet'}
      busy={blocked}
      data-due={item.due ? true : undefined}
      aria-label={`${word} ${number}`}
      onClick={() => onTake(item)}
    >
      {word}
    </Button>
  );
}
