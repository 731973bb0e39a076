import type { ReactNode } from 'react';
import { dayAndTime } from '../format/dates.ts';
import type { RuleChange } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useQuery } from '../gateway/use-query.ts';
import { catalogueMessages } from '../messages/catalogue-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import type { Message } from '../messages/message.ts';

type Change = Omit<RuleChange, 'version'>;
type Names = Readonly<Record<string, Message>>;

type ChangeListProps = {
  changes: readonly Change[];
  /** Members by name, and codes among their values. */
  names: Names;
  /** The first change is the row itself, which was not there before. */
  beginsWithRow: boolean;
};

/** What was changed, by whom, when and why; newest first. */
export function ChangeList({ changes, names, beginsWithRow }: ChangeListProps): ReactNode {
  const gateway = useGateway();
  const roster = useQuery(() => gateway.listWorkers({}));
  const nameOf = (id: string): string =>
    roster.value?.workers.find(({ operatorId }) => operatorId === id)?.displayName ?? id;
  return (
    <ol className="entry-history">
      {changes.map((change) => (
        <OneChange
          key={change.revision}
          {...{ change, names }}
          by={nameOf(change.changedBy)}
          isRow={beginsWithRow && change.revision === 1 && change.continues === undefined}
        />
      ))}
    </ol>
  );
}

type OneChangeProps = { change: Change; names: Names; by: string; isRow: boolean };

function OneChange({ change, names, by, isRow }: OneChangeProps): ReactNode {
  const { language, t } = useLanguage();
  const said = (value: unknown): string => {
    if (value === null || value === undefined) return t(catalogueMessages.empty);
    if (typeof value === 'boolean') return t(value ? catalogueMessages.yes : catalogueMessages.no);
    if (Array.isArray(value) && value.every((one) => typeof one === 'string'))
      return value.length === 0
        ? t(catalogueMessages.empty)
        : value.map((one) => names[one]?.[language] ?? one).join('・');
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
  return (
    <li>
      <p>
        <strong className="figures">{dayAndTime(change.changedAt, language)}</strong> {by}
      </p>
      <p>{change.reason}</p>
      {change.continuedBy === undefined ? null : (
        <p>{t(catalogueMessages.continuedBy, { code: change.continuedBy })}</p>
      )}
      {change.continues === undefined ? null : (
        <p>{t(catalogueMessages.continues, { code: change.continues })}</p>
      )}
      {isRow ? null : (
        <ul>
          {change.differences.map(({ member, before, after }) => (
            <li key={member}>
              {names[member]?.[language] ?? member}: {said(before)} → {said(after)}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
