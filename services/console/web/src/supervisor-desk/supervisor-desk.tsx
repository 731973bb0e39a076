import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { Panel } from '../design/panel.tsx';
import { shortId } from '../format/numbers.ts';
import type { Session } from '../gateway/gateway.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import type { Live } from '../gateway/use-context-document.ts';
import { useEvery } from '../gateway/use-every.ts';
import { useQuery } from '../gateway/use-query.ts';
import { exportMessages } from '../messages/export-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { deskMessages } from '../messages/task-messages.ts';
import { ApprovalList } from './approval-list.tsx';
import { AskExportDialog } from './ask-export-dialog.tsx';
import { EmergencyList } from './emergency-list.tsx';
import { LeftOutQueue } from './left-out-queue.tsx';
import { ReferredCases } from './referred-cases.tsx';

/** How often the two lists look for something new, ms. */
const LIST_POLL_MS = 5_000;

type SupervisorDeskProps = { session: Session; live: Live; onGoToCase: () => void };

/** Referred cases to take, and requests of others to decide. */
export function SupervisorDesk({ session, live, onGoToCase }: SupervisorDeskProps): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const cases = useQuery(() => gateway.listReferredCases({}));
  const approvals = useQuery(() => gateway.listApprovals({}));
  const closings = useQuery(() => gateway.listEmergencyClosings({}));
  const workers = useQuery(() => gateway.listWorkers({}));
  const { operatorId } = session.worker;
  const reload = (): void => {
    cases.reload();
    approvals.reload();
    closings.reload();
  };
  useEvery(LIST_POLL_MS, reload);
  const own = live.document?.case;
  const [asking, setAsking] = useState(false);
  const nameOf = (id: string): string =>
    workers.value?.workers.find((worker) => worker.operatorId === id)?.displayName ?? shortId(id);

  return (
    <div className="supervisor">
      <h1 className="visually-hidden">{t(deskMessages.title)}</h1>
      <div className="supervisor__lead">
        <Notice>{t(deskMessages.lead)}</Notice>
        {own === undefined || own.state === 'closed' ? null : (
          <div className="row">
            <strong>
              {t(deskMessages.caseHere)}:{shortId(own.caseId)}
            </strong>
            <Button kind="primary" hint="Alt+6" onClick={onGoToCase}>
              {t(deskMessages.goToCase)}
            </Button>
          </div>
        )}
      </div>
      <Panel
        title={t(deskMessages.waitingCases)}
        scrolls
        aside={
          <Button kind="quiet" data-refresh onClick={reload}>
            {t(deskMessages.refresh)}
          </Button>
        }
      >
        <ReferredCases {...{ cases, nameOf, operatorId }} onTaken={onGoToCase} />
      </Panel>
      <Panel
        title={t(deskMessages.approvals)}
        place="supervisor__approvals"
        scrolls
        aside={
          <Button kind="quiet" onClick={() => setAsking(true)}>
            {t(exportMessages.title)}
          </Button>
        }
      >
        <div className="stack">
          <EmergencyList {...{ closings, nameOf }} worker={session.worker} />
          <ApprovalList
            {...{ approvals, nameOf }}
            cases={cases.value?.cases ?? []}
            worker={session.worker}
          />
        </div>
      </Panel>
      <LeftOutQueue {...{ live, nameOf }} onOpened={onGoToCase} />
      {asking ? <AskExportDialog onClose={() => setAsking(false)} /> : null}
    </div>
  );
}
