import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { SelectField, TextField } from '../design/field.tsx';
import { submitOnEnter } from '../design/submit-on-enter.ts';
import type { RosterWorker } from '../gateway/contract-types.ts';
import { useLanguage } from '../messages/language.tsx';
import { roleNames } from '../messages/names.ts';
import { auditMessages } from '../messages/task-messages.ts';
import type { AuditEntriesState } from './use-audit-entries.ts';

type AuditFiltersProps = { log: AuditEntriesState; workers: readonly RosterWorker[] };

export function AuditFilters({ log, workers }: AuditFiltersProps): ReactNode {
  const { t } = useLanguage();
  const { filter, setFilter } = log;
  return (
    <form
      className="audit__filters"
      onKeyDown={submitOnEnter}
      onSubmit={(event) => {
        event.preventDefault();
        void log.show();
      }}
    >
      <SelectField
        label={t(auditMessages.byOperator)}
        value={filter.operatorId}
        onText={(operatorId) => setFilter({ operatorId })}
        options={[
          { value: '', label: t(auditMessages.anyone) },
          ...workers.map((worker) => ({
            value: worker.operatorId,
            label: `${worker.displayName}(${t(roleNames[worker.role])})`,
          })),
        ]}
      />
      <TextField
        label={t(auditMessages.day)}
        type="date"
        value={filter.day}
        onText={(day) => setFilter({ day })}
        bare
      />
      <TextField
        label={t(auditMessages.byCase)}
        value={filter.caseId}
        onText={(caseId) => setFilter({ caseId })}
        maxLength={36}
        bare
      />
      <Button type="submit" kind="primary" hint="Enter" busy={log.busy}>
        {t(auditMessages.show)}
      </Button>
    </form>
  );
}
