import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import { dayAndTime } from '../format/dates.ts';
import type { CatalogueKind, RuleChange } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useQuery } from '../gateway/use-query.ts';
import { catalogueMessages, memberNames } from '../messages/catalogue-messages.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import type { Message } from '../messages/message.ts';

type HistoryDialogProps = { kind: CatalogueKind; code: string; onClose: () => void };

/** What a row said before, by whom it was changed, and why. */
export function HistoryDialog({ kind, code, onClose }: HistoryDialogProps): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const history = useQuery(() => gateway.listChanges({ kind, code }));
  const roster = useQuery(() => gateway.listWorkers({}));
  const nameOf = (id: string): string =>
    roster.value?.workers.find(({ operatorId }) => operatorId === id)?.displayName ?? id;
  const changes = history.value?.changes;
  return (
    <Dialog title={t(catalogueMessages.historyOf, { code })} onClose={onClose}>
      <div className="stack">
        <ProblemNotice problem={history.problem} />
        {changes === undefined ? <p className="empty">{t(general.loading)}</p> : null}
        {changes?.length === 0 ? <p className="empty">{t(catalogueMessages.noHistory)}</p> : null}
        <ol className="entry-history">
          {changes?.map((change) => (
            <Change key={change.revision} {...{ change }} by={nameOf(change.changedBy)} />
          ))}
        </ol>
        <div className="dialog__actions">
          <Button hint="Esc" data-first-focus onClick={onClose}>
            {t(general.close)}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function Change({ change, by }: { change: RuleChange; by: string }): ReactNode {
  const { language, t } = useLanguage();
  const names: Record<string, Message> = memberNames;
  const said = (value: unknown): string =>
    value === null || value === undefined
      ? t(catalogueMessages.empty)
      : typeof value === 'string'
        ? value
        : JSON.stringify(value);
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
      {change.revision === 1 && change.continues === undefined ? null : (
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
