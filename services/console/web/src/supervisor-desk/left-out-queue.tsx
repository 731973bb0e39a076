import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { NoRows } from '../design/no-rows.tsx';
import { Notice } from '../design/notice.tsx';
import { Panel } from '../design/panel.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import { dayAndTime } from '../format/dates.ts';
import { shortId } from '../format/numbers.ts';
import type { LeftOut } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import type { Live } from '../gateway/use-context-document.ts';
import { useQuery } from '../gateway/use-query.ts';
import { useLanguage } from '../messages/language.tsx';
import { registerMessages } from '../messages/register-messages.ts';
import { deskMessages } from '../messages/task-messages.ts';
import { OpenLeftOutDialog } from './open-left-out-dialog.tsx';
import { SettleLeftOutDialog } from './settle-left-out-dialog.tsx';

type LeftOutQueueProps = {
  live: Live;
  nameOf: (operatorId: string) => string;
  onOpened: () => void;
};
type Doing = { item: LeftOut; what: 'open' | 'settle' };

/** People left out of bulk files. Asked for once and on request, because each look is an entry in the log. */
export function LeftOutQueue({ live, nameOf, onOpened }: LeftOutQueueProps): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const queue = useQuery(() => gateway.listLeftOut({}));
  const [doing, setDoing] = useState<Doing | undefined>(undefined);
  const [settled, setSettled] = useState(false);
  const current = live.document?.case;
  const start = (next: Doing): void => {
    setSettled(false);
    setDoing(next);
  };
  const items = queue.value?.items;
  return (
    <Panel
      title={t(registerMessages.leftOutTitle)}
      scrolls
      aside={
        <>
          {queue.value === undefined
            ? null
            : t(registerMessages.leftOutCount, { count: queue.value.waiting })}
          <Button kind="quiet" onClick={queue.reload}>
            {t(deskMessages.refresh)}
          </Button>
        </>
      }
    >
      <div className="stack">
        <ProblemNotice problem={queue.problem} />
        {settled ? <Notice tone="good">{t(registerMessages.settled)}</Notice> : null}
        <NoRows rows={items} problem={queue.problem} nothing={registerMessages.leftOutNone} />
        {items === undefined || items.length === 0 ? null : (
          <Items {...{ items, nameOf }} ownCase={current?.caseId} onDo={start} />
        )}
      </div>
      {doing?.what === 'open' ? (
        <OpenLeftOutDialog
          {...{ current, onOpened }}
          item={doing.item}
          onClose={() => setDoing(undefined)}
        />
      ) : null}
      {doing?.what === 'settle' ? (
        <SettleLeftOutDialog
          item={doing.item}
          residentId={live.document?.verified?.residentId}
          onClose={() => setDoing(undefined)}
          onSettled={() => {
            setDoing(undefined);
            setSettled(true);
            queue.reload();
          }}
        />
      ) : null}
    </Panel>
  );
}

type ItemsProps = {
  items: readonly LeftOut[];
  ownCase: string | undefined;
  nameOf: (operatorId: string) => string;
  onDo: (doing: Doing) => void;
};

function Items({ items, ownCase, nameOf, onDo }: ItemsProps): ReactNode {
  const { language, t } = useLanguage();
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t(registerMessages.leftOutItem)}</th>
          <th scope="col">{t(registerMessages.leftOutAt)}</th>
          <th scope="col">{t(registerMessages.leftOutFile)}</th>
          <th scope="col">{t(registerMessages.leftOutWho)}</th>
          <th scope="col">
            <span className="visually-hidden">{t(registerMessages.leftOutDo)}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => {
          const own = item.openedInCase !== undefined && item.openedInCase === ownCase;
          const what = own ? ('settle' as const) : ('open' as const);
          const name = t(own ? registerMessages.leftOutSettle : registerMessages.leftOutOpen);
          return (
            <tr key={item.itemId}>
              <td>{shortId(item.itemId)}</td>
              <td>{dayAndTime(item.setAsideAt, language)}</td>
              <td>{shortId(item.runId)}</td>
              <td>{item.openedBy === undefined ? '' : nameOf(item.openedBy)}</td>
              <td>
                <Button
                  aria-label={`${name} ${shortId(item.itemId)}`}
                  onClick={() => onDo({ item, what })}
                >
                  {name}
                </Button>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
