import { addDays, tokyoDate } from '@madoguchi/kernel/calendar-date';
import type { Role } from '@madoguchi/contracts/roles';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { NoRows } from '../design/no-rows.tsx';
import { Notice } from '../design/notice.tsx';
import { Panel } from '../design/panel.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import { useGateway } from '../gateway/gateway-context.tsx';
import type { QueryState } from '../gateway/use-query.ts';
import { useQuery } from '../gateway/use-query.ts';
import type { Offer, SessionView } from '../gateway/contract-types.ts';
import { useLanguage } from '../messages/language.tsx';
import { sessionMessages } from '../messages/session-messages.ts';
import { SessionDetail } from './session-detail.tsx';
import { SessionDialogs } from './session-dialogs.tsx';
import type { SessionDialog } from './session-dialogs.tsx';
import { SessionFilters } from './session-filters.tsx';
import type { SessionFilter } from './session-filters.tsx';
import { SessionTable } from './session-table.tsx';

const MAY_CHANGE: readonly Role[] = ['city-staff', 'operations-manager', 'system-administrator'];
/** How far the list reaches at first, days. */
const FIRST_RANGE = 27;

/** Days of the venues as sessions: opened, copied, cut and closed here. */
export function SessionScreen({ role }: { role: Role }): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const [filter, setFilter] = useState(() => firstFilter(new Date()));
  const list = useQuery(() => gateway.listSessions(requestOf(filter)));
  const offer = useQuery(() => gateway.listVenues({}));
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const [dialog, setDialog] = useState<SessionDialog | undefined>(undefined);
  const [said, setSaid] = useState<string | undefined>(undefined);
  const detail = useRef<HTMLDivElement>(null);
  const sessions = list.value?.sessions;
  const session = sessions?.find(({ sessionId }) => sessionId === chosen);
  const mayChange = MAY_CHANGE.includes(role);
  const start = (next: SessionDialog): void => {
    setSaid(undefined);
    setDialog(next);
  };
  return (
    <div className="sessions">
      <h1 className="visually-hidden">{t(sessionMessages.title)}</h1>
      <div className="row row--spread row--bottom">
        <SessionFilters
          {...{ filter }}
          venues={offer.value?.venues ?? []}
          onChange={(part) => {
            setFilter((before) => ({ ...before, ...part }));
            list.reload();
          }}
        />
        {mayChange ? <Actions onStart={start} /> : null}
      </div>
      <div className="stack stack--tight">
        <ProblemNotice problem={list.problem ?? offer.problem} />
        {list.value?.nextCursor === undefined ? null : (
          <Notice tone="warn">
            {t(sessionMessages.moreThanListed, { count: list.value.sessions.length })}
          </Notice>
        )}
        {said === undefined ? null : <Notice tone="good">{said}</Notice>}
      </div>
      <ListPanel
        {...{ list, chosen }}
        offer={offer.value}
        onChoose={setChosen}
        onEnter={() => detail.current?.querySelector('button')?.focus()}
      />
      <Panel title={t(sessionMessages.detail)} scrolls>
        <div ref={detail}>
          <SessionDetail {...{ session, mayChange }} offer={offer.value} onStart={start} />
        </div>
      </Panel>
      {dialog === undefined ? null : (
        <SessionDialogs
          {...{ dialog, session, filter }}
          offer={offer.value}
          onClose={() => setDialog(undefined)}
          onDone={(sentence) => {
            setDialog(undefined);
            setSaid(sentence);
            list.reload();
          }}
        />
      )}
    </div>
  );
}

type ListPanelProps = {
  list: QueryState<{ sessions: SessionView[] }>;
  offer: Offer | undefined;
  chosen: string | undefined;
  onChoose: (sessionId: string) => void;
  onEnter: () => void;
};

function ListPanel({ list, ...table }: ListPanelProps): ReactNode {
  const { t } = useLanguage();
  const sessions = list.value?.sessions;
  return (
    <Panel title={t(sessionMessages.list)} scrolls place="sessions__list">
      <NoRows rows={sessions} problem={list.problem} nothing={sessionMessages.nothing} />
      {sessions === undefined || sessions.length === 0 ? null : (
        <SessionTable {...table} {...{ sessions }} />
      )}
    </Panel>
  );
}

function Actions({ onStart }: { onStart: (dialog: SessionDialog) => void }): ReactNode {
  const { t } = useLanguage();
  return (
    <div className="row">
      <Button kind="primary" onClick={() => onStart('open')}>
        {t(sessionMessages.open)}
      </Button>
      <Button onClick={() => onStart('copy')}>{t(sessionMessages.copy)}</Button>
      <Button onClick={() => onStart('closeDays')}>{t(sessionMessages.closeDays)}</Button>
      <Button onClick={() => onStart('file')}>{t(sessionMessages.file)}</Button>
    </div>
  );
}

function firstFilter(now: Date): SessionFilter {
  const from = tokyoDate(now);
  return { venueCode: '', from, to: addDays(from, FIRST_RANGE), state: '' };
}

function requestOf({ venueCode, from, to, state }: SessionFilter) {
  return {
    from,
    to,
    limit: 200,
    ...(venueCode === '' ? {} : { venueCode }),
    ...(state === '' ? {} : { state }),
  };
}
