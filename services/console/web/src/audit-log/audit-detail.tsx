import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import type { ChainedEntry } from '../gateway/contract-types.ts';
import { useLanguage } from '../messages/language.tsx';
import { auditActionNames, fieldClassNames, purposeNames, roleNames } from '../messages/names.ts';
import { auditMessages } from '../messages/task-messages.ts';

type AuditDetailProps = {
  entry: ChainedEntry | undefined;
  nameOf: (actorId: string) => string;
  onOnlyCase: (caseId: string) => void;
};

export function AuditDetail({ entry, nameOf, onOnlyCase }: AuditDetailProps): ReactNode {
  const { t } = useLanguage();
  if (entry === undefined) return <p className="empty">{t(auditMessages.choose)}</p>;
  const { caseId, purpose } = entry;
  const facts: readonly (readonly [string, string | undefined])[] = [
    [t(auditMessages.at), entry.at],
    [t(auditMessages.who), `${nameOf(entry.actorId)}(${t(roleNames[entry.role])})`],
    [t(auditMessages.organisation), entry.organisation],
    [t(auditMessages.terminal), entry.terminalId],
    [t(auditMessages.session), entry.sessionId],
    [t(auditMessages.purpose), purpose === undefined ? undefined : t(purposeNames[purpose])],
    [t(auditMessages.what), `${t(auditActionNames[entry.action])} ${entry.operation}`],
    [t(auditMessages.shown), entry.fieldClasses.map((name) => t(fieldClassNames[name])).join('、')],
    [t(auditMessages.residents), String(entry.residents.length)],
    [t(auditMessages.policy), entry.policyVersion],
    [t(auditMessages.case), caseId],
    ...Object.entries(entry.detail).map(([name, value]) => [name, textOf(value)] as const),
    [t(auditMessages.hash), entry.hash],
  ];
  return (
    <div className="stack">
      <dl className="facts facts--stacked">
        {facts
          .filter(([, value]) => value !== undefined && value !== '')
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="figures">{value}</dd>
            </div>
          ))}
      </dl>
      {caseId === undefined ? null : (
        <Button wide onClick={() => onOnlyCase(caseId)}>
          {t(auditMessages.onlyThisCase)}
        </Button>
      )}
    </div>
  );
}

function textOf(value: string | number | boolean | readonly string[]): string {
  return typeof value === 'object' ? value.join(', ') : String(value);
}
