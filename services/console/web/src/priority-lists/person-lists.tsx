import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import { longDay } from '../format/dates.ts';
import type { Membership } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useQuery } from '../gateway/use-query.ts';
import { useLanguage } from '../messages/language.tsx';
import { listMessages } from '../messages/list-messages.ts';
import { EndListDialog } from './end-list-dialog.tsx';
import { EnterListDialog } from './enter-list-dialog.tsx';

type Doing = { name: 'enter' } | { name: 'end'; membership: Membership };

/** The lists that have a verified person; asked for by a key of their own, because every look is recorded. */
export function PersonLists({ residentId }: { residentId: string }): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const [shown, setShown] = useState(false);
  const lists = useQuery(() => gateway.listMemberships({ residentId }), shown);
  const [doing, setDoing] = useState<Doing | undefined>(undefined);
  const [said, setSaid] = useState<string | undefined>(undefined);
  const done = (sentence: string): void => {
    setDoing(undefined);
    setSaid(sentence);
    setShown(true);
    lists.reload();
  };
  const dialog = { residentId, onClose: () => setDoing(undefined), onDone: done };
  return (
    <section className="stack stack--tight" aria-labelledby="lists-title">
      <h3 id="lists-title">{t(listMessages.personTitle)}</h3>
      <p className="soft">{t(listMessages.personLead)}</p>
      <div className="row">
        <Button busy={shown} onClick={() => setShown(true)}>
          {t(listMessages.show)}
        </Button>
        <Button onClick={() => setDoing({ name: 'enter' })}>{t(listMessages.enter)}</Button>
      </div>
      {said === undefined ? null : <Notice tone="good">{said}</Notice>}
      <ProblemNotice problem={lists.problem} />
      {lists.value === undefined ? null : (
        <Memberships
          memberships={lists.value.memberships}
          onEnd={(membership) => setDoing({ name: 'end', membership })}
        />
      )}
      {doing?.name === 'enter' ? <EnterListDialog {...dialog} /> : null}
      {doing?.name === 'end' ? <EndListDialog {...dialog} membership={doing.membership} /> : null}
    </section>
  );
}

type MembershipsProps = {
  memberships: readonly Membership[];
  onEnd: (membership: Membership) => void;
};

function Memberships({ memberships, onEnd }: MembershipsProps): ReactNode {
  const { language, t } = useLanguage();
  if (memberships.length === 0) return <p className="empty">{t(listMessages.notListed)}</p>;
  return (
    <ul className="rows">
      {memberships.map((one) => {
        const group = one.name?.[language] ?? one.groupCode;
        const from = longDay(one.from, language);
        return (
          <li key={one.groupCode}>
            <span className="rows__main">
              {group}・
              {one.lastDay === null
                ? t(listMessages.since, { from })
                : t(listMessages.until, { from, lastDay: longDay(one.lastDay, language) })}
            </span>
            <span className="rows__rest">
              {one.source}・{one.reason}{' '}
              <Button
                kind="quiet"
                aria-label={t(listMessages.endOf, { group })}
                onClick={() => onEnd(one)}
              >
                {t(listMessages.end)}
              </Button>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
