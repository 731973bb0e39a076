import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import type { Answer } from '../gateway/answer.ts';
import type { Finding } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useLanguage } from '../messages/language.tsx';
import { auditMessages } from '../messages/task-messages.ts';

type Verdict = { whole: boolean; entries: number; findings: readonly Finding[] };

export function VerifyLog(): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<Answer<Verdict> | undefined>(undefined);
  const verify = async (): Promise<void> => {
    setBusy(true);
    setAnswer(await gateway.verifyAuditLog({}));
    setBusy(false);
  };
  return (
    <div className="audit__verify">
      <div className="audit__verdict">
        {answer === undefined ? null : answer.ok ? (
          <VerdictNotice verdict={answer.value} />
        ) : (
          <ProblemNotice problem={answer.problem} />
        )}
      </div>
      <Button busy={busy} onClick={() => void verify()}>
        {t(auditMessages.verify)}
      </Button>
    </div>
  );
}

function VerdictNotice({ verdict }: { verdict: Verdict }): ReactNode {
  const { t } = useLanguage();
  if (verdict.whole) {
    return <Notice tone="good">{t(auditMessages.whole, { count: verdict.entries })}</Notice>;
  }
  return (
    <Notice tone="bad">
      <strong>{t(auditMessages.broken)}</strong>
      <ul>
        {verdict.findings.slice(0, 5).map(({ position, sentence, kind }) => (
          <li key={`${kind}-${position}`}>{t(auditMessages.brokenAt, { position, sentence })}</li>
        ))}
      </ul>
    </Notice>
  );
}
