import { useEffect, useEffectEvent } from 'react';
import type { ReactNode } from 'react';
import { Badge } from '../design/badge.tsx';
import type { Tone } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { useGridRows } from '../design/use-grid-rows.ts';
import { dayAndTime } from '../format/dates.ts';
import { shortId } from '../format/numbers.ts';
import type { ChainedEntry } from '../gateway/contract-types.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { auditActionNames, outcomeNames, purposeNames, roleNames } from '../messages/names.ts';
import { operationName } from '../messages/operation-names.ts';
import { auditMessages } from '../messages/task-messages.ts';

type AuditTableProps = {
  entries: readonly ChainedEntry[] | undefined;
  hasMore: boolean;
  onMore: () => void;
  /** Grows when a search has ended: the first entry takes the focus. */
  asked: number;
  nameOf: (actorId: string) => string;
  chosen: ChainedEntry | undefined;
  onChoose: (entry: ChainedEntry) => void;
};

/** Entries in their order as a grid with one tab stop; moving through it shows the detail beside. */
export function AuditTable(props: AuditTableProps): ReactNode {
  const { entries, hasMore, onMore, asked, nameOf, onChoose } = props;
  const { t } = useLanguage();
  const { body, index, setAt, move } = useGridRows(entries?.length ?? 0);
  const takeFocus = useEffectEvent(() => body.current?.rows[0]?.focus());
  useEffect(() => {
    if (asked > 0) takeFocus();
  }, [asked]);
  if (entries === undefined) return <p className="empty">{t(auditMessages.before)}</p>;
  if (entries.length === 0) return <p className="empty">{t(auditMessages.nothing)}</p>;
  return (
    <>
      <table className="table" role="grid" aria-label={t(auditMessages.title)}>
        <thead>
          <tr>
            <th scope="col" className="number">
              {t(auditMessages.position)}
            </th>
            <th scope="col">{t(auditMessages.at)}</th>
            <th scope="col">{t(auditMessages.who)}</th>
            <th scope="col">{t(auditMessages.terminal)}</th>
            <th scope="col">{t(auditMessages.purpose)}</th>
            <th scope="col">{t(auditMessages.what)}</th>
            <th scope="col">{t(auditMessages.outcome)}</th>
            <th scope="col">{t(auditMessages.case)}</th>
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={move}>
          {entries.map((entry, row) => (
            <EntryRow
              key={entry.id}
              {...{ entry, nameOf }}
              current={row === index}
              onFocus={() => {
                setAt(row);
                onChoose(entry);
              }}
            />
          ))}
        </tbody>
      </table>
      {hasMore ? (
        <Button kind="quiet" onClick={onMore}>
          {t(general.more)}
        </Button>
      ) : null}
    </>
  );
}

const OUTCOME_TONES: Record<ChainedEntry['outcome'], Tone> = {
  done: 'good',
  refused: 'warn',
  failed: 'bad',
};

type EntryRowProps = {
  entry: ChainedEntry;
  nameOf: (actorId: string) => string;
  current: boolean;
  onFocus: () => void;
};

function EntryRow({ entry, nameOf, current, onFocus }: EntryRowProps): ReactNode {
  const { language, t } = useLanguage();
  const { position, at, actorId, role, terminalId, purpose, action, operation, outcome } = entry;
  return (
    <tr
      tabIndex={current ? 0 : -1}
      aria-selected={current}
      onFocus={onFocus}
      onClick={(event) => event.currentTarget.focus()}
    >
      <td className="number">{position}</td>
      <td className="nowrap">{dayAndTime(at, language)}</td>
      <td>
        {nameOf(actorId)} <small className="soft audit__role">{t(roleNames[role])}</small>
      </td>
      <td className="nowrap">{terminalId === undefined ? '―' : shortId(terminalId)}</td>
      <td className="nowrap">{purpose === undefined ? '―' : t(purposeNames[purpose])}</td>
      <td>
        {operationName(operation, language)}{' '}
        <small className="soft audit__action">{t(auditActionNames[action])}</small>
      </td>
      <td>
        <Badge tone={OUTCOME_TONES[outcome]}>{t(outcomeNames[outcome])}</Badge>
      </td>
      <td className="nowrap">{entry.caseId === undefined ? '―' : shortId(entry.caseId)}</td>
    </tr>
  );
}
