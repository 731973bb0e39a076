import { useEffect, useEffectEvent, useRef } from 'react';
import type { ReactNode } from 'react';
import { Badge } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { dayAndTime, shortDay } from '../format/dates.ts';
import { shortId } from '../format/numbers.ts';
import { useSeconds } from '../format/use-seconds.ts';
import type { Offer, WorkItem } from '../gateway/contract-types.ts';
import { callbackMessages } from '../messages/callback-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { workItemKindNames } from '../messages/desk-names.ts';
import { bookingMessages } from '../messages/task-messages.ts';
import { reasonText } from './reason-text.ts';

type CallbackTableProps = {
  items: readonly WorkItem[];
  venues: Offer['venues'];
  /** Brings the focus to the first that can be taken: nobody looks for something else yet. */
  focusFirst: boolean;
  mayCall: boolean;
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
    if (!focusFirst) return;
    const first = body.current?.querySelector<HTMLElement>('button[data-due]');
    (first ?? body.current?.querySelector('button'))?.focus();
  });
  useEffect(() => takeFocus(), []);
  const { language, t } = useLanguage();
  const now = useSeconds(true);
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
            <td className="nowrap">
              {Date.parse(item.notBefore) > now
                ? dayAndTime(item.notBefore, language)
                : t(callbackMessages.now)}
            </td>
            <td>
              <Actions {...props} item={item} due={Date.parse(item.notBefore) <= now} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type ActionsProps = CallbackTableProps & { item: WorkItem; due: boolean };

function Actions(props: ActionsProps): ReactNode {
  const { item, due, mayCall, blocked, onTake, onGiveBack, onGoToCase } = props;
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
  return (
    <Button
      busy={blocked}
      data-due={due ? true : undefined}
      aria-label={`${t(callbackMessages.take)} ${number}`}
      onClick={() => onTake(item)}
    >
      {t(callbackMessages.take)}
    </Button>
  );
}
