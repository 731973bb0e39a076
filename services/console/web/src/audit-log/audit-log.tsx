import { useState } from 'react';
import type { ReactNode } from 'react';
import { Panel } from '../design/panel.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import type { ChainedEntry } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useQuery } from '../gateway/use-query.ts';
import { useLanguage } from '../messages/language.tsx';
import { auditMessages } from '../messages/task-messages.ts';
import { AuditDetail } from './audit-detail.tsx';
import { AuditFilters } from './audit-filters.tsx';
import { AuditTable } from './audit-table.tsx';
import { useAuditEntries } from './use-audit-entries.ts';
import { VerifyLog } from './verify-log.tsx';

/** Every look and every change in order, and whether the log is whole. */
export function AuditLog(): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const roster = useQuery(() => gateway.listWorkers({}));
  const log = useAuditEntries();
  const [chosen, setChosen] = useState<ChainedEntry | undefined>(undefined);
  const workers = roster.value?.workers ?? [];
  const nameOf = (actorId: string): string =>
    workers.find(({ operatorId }) => operatorId === actorId)?.displayName ?? actorId;
  return (
    <div className="audit">
      <h1 className="visually-hidden">{t(auditMessages.title)}</h1>
      <AuditFilters log={log} workers={workers} />
      <VerifyLog />
      <Panel
        title={t(auditMessages.title)}
        place="audit__entries"
        aside={
          log.entries === undefined
            ? undefined
            : t(log.hasMore ? auditMessages.entriesFirst : auditMessages.entries, {
                count: log.entries.length,
              })
        }
      >
        <ProblemNotice problem={log.problem} />
        <AuditTable
          entries={log.entries}
          hasMore={log.hasMore}
          asked={log.asked}
          onMore={() => void log.more()}
          {...{ nameOf, chosen }}
          onChoose={setChosen}
        />
      </Panel>
      <Panel title={t(auditMessages.detail)} place="audit__detail" scrolls>
        <AuditDetail
          entry={chosen}
          nameOf={nameOf}
          onOnlyCase={(caseId) => void log.show({ caseId, operatorId: '', day: '' })}
        />
      </Panel>
    </div>
  );
}
