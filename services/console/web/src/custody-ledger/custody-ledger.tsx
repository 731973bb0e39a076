import type { Role } from '@madoguchi/contracts/roles';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { Panel } from '../design/panel.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import { dayAndTime } from '../format/dates.ts';
import type { CustodyLine } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useQuery } from '../gateway/use-query.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { custodyDirectionNames } from '../messages/names.ts';
import { ledgerMessages } from '../messages/task-messages.ts';
import { NewCustodyEntry } from './new-custody-entry.tsx';

const MAY_WRITE: readonly Role[] = [
  'senior-operator',
  'city-staff',
  'operations-manager',
  'system-administrator',
];

/** 受払簿: what was handed over, how many records, by whom, to whom. Newest first. */
export function CustodyLedger({ role }: { role: Role }): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const ledger = useQuery(() => gateway.listCustody({}));
  const [adding, setAdding] = useState(false);
  const [saved, setSaved] = useState(false);
  return (
    <div className="ledger">
      <h1 className="visually-hidden">{t(ledgerMessages.title)}</h1>
      <div className="row row--spread">
        <p>{t(ledgerMessages.lead)}</p>
        {MAY_WRITE.includes(role) ? (
          <Button kind="primary" onClick={() => setAdding(true)}>
            {t(ledgerMessages.add)}
          </Button>
        ) : null}
      </div>
      {saved ? <Notice tone="good">{t(ledgerMessages.saved)}</Notice> : null}
      <Panel title={t(ledgerMessages.title)} scrolls>
        <ProblemNotice problem={ledger.problem} />
        <Lines entries={ledger.value?.entries} />
      </Panel>
      {adding ? (
        <NewCustodyEntry
          onClose={() => setAdding(false)}
          onSaved={() => {
            setAdding(false);
            setSaved(true);
            ledger.reload();
          }}
        />
      ) : null}
    </div>
  );
}

function Lines({ entries }: { entries: readonly CustodyLine[] | undefined }): ReactNode {
  const { language, t } = useLanguage();
  if (entries === undefined) return <p className="empty">{t(general.loading)}</p>;
  if (entries.length === 0) return <p className="empty">{t(ledgerMessages.nothing)}</p>;
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t(ledgerMessages.at)}</th>
          <th scope="col">{t(ledgerMessages.direction)}</th>
          <th scope="col">{t(ledgerMessages.what)}</th>
          <th scope="col" className="number">
            {t(ledgerMessages.records)}
          </th>
          <th scope="col">{t(ledgerMessages.medium)}</th>
          <th scope="col">{t(ledgerMessages.from)}</th>
          <th scope="col">{t(ledgerMessages.to)}</th>
          <th scope="col">{t(ledgerMessages.enteredBy)}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.entryId}>
            <td className="nowrap">{dayAndTime(entry.at, language)}</td>
            <td className="nowrap">{t(custodyDirectionNames[entry.direction])}</td>
            <td>
              {entry.what}
              {entry.purpose === undefined ? null : (
                <small className="soft"> {entry.purpose}</small>
              )}
            </td>
            <td className="number">{entry.records.toLocaleString('ja-JP')}</td>
            <td>{entry.medium}</td>
            <td>{entry.from}</td>
            <td>{entry.to}</td>
            <td>{entry.enteredByName}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
