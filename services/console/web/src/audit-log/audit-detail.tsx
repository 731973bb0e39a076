import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { toTheSecond } from '../format/dates.ts';
import type { ChainedEntry } from '../gateway/contract-types.ts';
import { useLanguage } from '../messages/language.tsx';
import { auditActionNames, fieldClassNames, purposeNames, roleNames } from '../messages/names.ts';
import { detailName, operationName } from '../messages/operation-names.ts';
import { auditMessages } from '../messages/task-messages.ts';

type AuditDetailProps = {
  entry: ChainedEntry | undefined;
  nameOf: (actorId: string) => string;
  onOnlyCase: (caseId: string) => void;
};

export function AuditDetail({ entry, nameOf, onOnlyCase }: AuditDetailProps): ReactNode {
  const { language, t } = useLanguage();
  if (entry === undefined) return <p className="empty">{t(auditMessages.choose)}</p>;
  const { caseId, purpose } = entry;
  const facts: readonly (readonly [string, string | undefined])[] = [
    [t(auditMessages.at), toTheSecond(entry.at, language)],
    [t(auditMessages.who), `${nameOf(entry.actorId)}(${t(roleNames[entry.role])})`],
    [t(auditMessages.organisation), entry.organisation],
    [t(auditMessages.terminal), entry.terminalId],
    [t(auditMessages.session), entry.sessionId],
    [t(auditMessages.purpose), purpose === undefined ? undefined : t(purposeNames[purpose])],
    [
      t(auditMessages.what),
      `${operationName(entry.operation, language)}(${t(auditActionNames[entry.action])})`,
    ],
    [t(auditMessages.operation), entry.operation],
    [t(auditMessages.shown), entry.fieldClasses.map((name) => t(fieldClassNames[name])).join('、')],
    [t(auditMessages.residents), String(entry.residents.length)],
    [t(auditMessages.policy), entry.policyVersion],
    [t(auditMessages.case), caseId],
    ...Object.entries(entry.detail).map(
      ([name, value]) => [detailName(name, language), textOf(value)] as const,
    ),
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
