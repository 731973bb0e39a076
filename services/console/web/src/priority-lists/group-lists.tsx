import { useState } from 'react';
import type { ReactNode } from 'react';
import { tokyoDate } from '@madoguchi/kernel';
import { Button } from '../design/button.tsx';
import { NoRows } from '../design/no-rows.tsx';
import { Notice } from '../design/notice.tsx';
import { Panel } from '../design/panel.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import { shortDay } from '../format/dates.ts';
import type { ListedGroup } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useQuery } from '../gateway/use-query.ts';
import { useLanguage } from '../messages/language.tsx';
import { listMessages } from '../messages/list-messages.ts';
import { GroupFileDialog } from './group-file-dialog.tsx';

/** Groups that are told by a list, in numbers; lists come in by file. */
export function GroupLists({ mayImport }: { mayImport: boolean }): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const list = useQuery(() => gateway.listListedGroups({}));
  const [filing, setFiling] = useState(false);
  const [said, setSaid] = useState<string | undefined>(undefined);
  const groups = list.value?.groups;
  return (
    <>
      {said === undefined ? null : <Notice tone="good">{said}</Notice>}
      <ProblemNotice problem={list.problem} />
      <Panel
        title={t(listMessages.view)}
        scrolls
        aside={
          mayImport ? (
            <Button kind="quiet" onClick={() => setFiling(true)}>
              {t(listMessages.take)}
            </Button>
          ) : undefined
        }
      >
        <p className="soft">{t(listMessages.lead)}</p>
        <NoRows rows={groups} problem={list.problem} nothing={listMessages.none} />
        {groups === undefined || groups.length === 0 ? null : <GroupTable groups={groups} />}
      </Panel>
      {filing ? (
        <GroupFileDialog
          onClose={() => setFiling(false)}
          onDone={(sentence) => {
            setFiling(false);
            setSaid(sentence);
            list.reload();
          }}
        />
      ) : null}
    </>
  );
}

function GroupTable({ groups }: { groups: readonly ListedGroup[] }): ReactNode {
  const { language, t } = useLanguage();
  const day = (date: string | null): string =>
    date === null ? t(listMessages.anyDay) : shortDay(date, language);
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t(listMessages.group)}</th>
          <th scope="col">{t(listMessages.bookableFrom)}</th>
          <th scope="col">{t(listMessages.opensOn)}</th>
          <th scope="col">{t(listMessages.members)}</th>
          <th scope="col">{t(listMessages.ending)}</th>
          <th scope="col">{t(listMessages.ahead)}</th>
          <th scope="col">{t(listMessages.changed)}</th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <tr key={group.groupCode}>
            <th scope="row">
              {group.name[language]} <span className="soft">{group.groupCode}</span>
            </th>
            <td className="nowrap">{day(group.bookableFrom)}</td>
            <td className="nowrap">{day(group.opensOn)}</td>
            <td>{group.members}</td>
            <td>{group.ending}</td>
            <td>{group.ahead}</td>
            <td className="nowrap">
              {group.changedAt === undefined ? '' : shortDay(tokyoDay(group.changedAt), language)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The day in Japan of an instant. */
const tokyoDay = (at: string): string => tokyoDate(new Date(at));
