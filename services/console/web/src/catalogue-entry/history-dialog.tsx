import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import type { CatalogueKind } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useQuery } from '../gateway/use-query.ts';
import { catalogueMessages, memberNames } from '../messages/catalogue-messages.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { ChangeList } from './change-list.tsx';

type HistoryDialogProps = { kind: CatalogueKind; code: string; onClose: () => void };

/** What a row said before, by whom it was changed, and why. */
export function HistoryDialog({ kind, code, onClose }: HistoryDialogProps): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const history = useQuery(() => gateway.listChanges({ kind, code }));
  const changes = history.value?.changes;
  return (
    <Dialog title={t(catalogueMessages.historyOf, { code })} onClose={onClose}>
      <div className="stack">
        <ProblemNotice problem={history.problem} />
        {changes === undefined ? <p className="empty">{t(general.loading)}</p> : null}
        {changes?.length === 0 ? <p className="empty">{t(catalogueMessages.noHistory)}</p> : null}
        <ChangeList changes={changes ?? []} names={memberNames} beginsWithRow />
        <div className="dialog__actions">
          <Button hint="Esc" data-first-focus onClick={onClose}>
            {t(general.close)}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
