import type { Role } from '@madoguchi/contracts/roles';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { NoRows } from '../design/no-rows.tsx';
import { Notice } from '../design/notice.tsx';
import { Panel } from '../design/panel.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import type { WorkItem } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import type { Live } from '../gateway/use-context-document.ts';
import { useEvery } from '../gateway/use-every.ts';
import { useQuery } from '../gateway/use-query.ts';
import { callbackMessages } from '../messages/callback-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { deskMessages } from '../messages/task-messages.ts';
import { CallbackFilters, FIRST_FILTER } from './callback-filters.tsx';
import type { CallbackFilter } from './callback-filters.tsx';
import { CallbackTable } from './callback-table.tsx';
import { findCallbacks } from './find-callbacks.ts';
import type { Callbacks } from './find-callbacks.ts';

/** How often the list looks for something new, ms. */
const POLL_MS = 10_000;
const MAY_CALL: readonly Role[] = ['operator', 'senior-operator', 'city-staff'];
/** Whoever decides that somebody is called before their time. */
const MAY_CALL_EARLY: readonly Role[] = ['senior-operator', 'city-staff'];

type CallbackListProps = { role: Role; live: Live; onGoToCase: () => void };

/** People who have to be called, opaque until one is taken. */
export function CallbackList({ role, live, onGoToCase }: CallbackListProps): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const [filter, setFilter] = useState(FIRST_FILTER);
  const list = useQuery(() => findCallbacks(gateway, filter));
  const offer = useQuery(() => gateway.listVenues({}));
  const hand = useHand(list.reload, onGoToCase);
  useEvery(POLL_MS, list.reload);
  const current = live.document?.case;
  const caseHere = current !== undefined && current.state !== 'closed';
  const venues = offer.value?.venues ?? [];

  const change = (part: Partial<CallbackFilter>): void => {
    setFilter((before) => ({ ...before, ...part }));
    list.reload();
  };
  const items = list.value?.items;
  return (
    <div className="worklist">
      <h1 className="visually-hidden">{t(callbackMessages.title)}</h1>
      <CallbackFilters {...{ filter, venues }} onChange={change} />
      <div className="stack stack--tight">
        <p className="soft">{t(callbackMessages.lead)}</p>
        {caseHere && current.workItemId === undefined && MAY_CALL.includes(role) ? (
          <Notice>{t(callbackMessages.busyCase)}</Notice>
        ) : null}
        <ProblemNotice problem={hand.problem ?? list.problem} />
        {hand.released ? <Notice tone="good">{t(callbackMessages.released)}</Notice> : null}
      </div>
      <Panel
        title={t(callbackMessages.title)}
        scrolls
        aside={
          <>
            {list.value === undefined ? null : (
              <Count {...list.value} open={filter.state === 'open'} />
            )}
            <Button kind="quiet" onClick={list.reload}>
              {t(deskMessages.refresh)}
            </Button>
          </>
        }
      >
        <NoRows rows={items} problem={list.problem} nothing={callbackMessages.nothing} />
        {items === undefined || items.length === 0 ? null : (
          <CallbackTable
            {...{ items, venues }}
            focusFirst={filter === FIRST_FILTER}
            mayCall={MAY_CALL.includes(role)}
            mayCallEarly={MAY_CALL_EARLY.includes(role)}
            blocked={caseHere || hand.busy}
            onTake={hand.take}
            onGiveBack={hand.giveBack}
            onGoToCase={onGoToCase}
          />
        )}
      </Panel>
    </div>
  );
}

function Count({ items, more, open }: Callbacks & { open: boolean }): ReactNode {
  const { t } = useLanguage();
  const due = items.filter((item) => item.due).length;
  const count = items.length;
  if (more) return t(callbackMessages.countFirst, { count });
  return open && due < count
    ? t(callbackMessages.countDue, { due, later: count - due })
    : t(callbackMessages.count, { count });
}

/** Takes an item into one's hand, and gives it back. */
function useHand(reload: () => void, onTaken: () => void) {
  const gateway = useGateway();
  const take = useCommand(gateway.takeWorkItem);
  const release = useCommand(gateway.releaseWorkItem);
  const [released, setReleased] = useState(false);
  const takeItem = async ({ itemId }: WorkItem): Promise<void> => {
    setReleased(false);
    const answer = await take.run({ itemId });
    reload();
    if (answer?.ok === true) onTaken();
  };
  const giveBack = async ({ itemId }: WorkItem): Promise<void> => {
    const answer = await release.run({ itemId });
    reload();
    setReleased(answer?.ok === true);
  };
  return {
    released,
    busy: take.busy || release.busy,
    problem: take.problem ?? release.problem,
    take: (item: WorkItem) => void takeItem(item),
    giveBack: (item: WorkItem) => void giveBack(item),
  };
}
