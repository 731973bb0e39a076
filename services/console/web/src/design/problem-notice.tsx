import type { ReactNode } from 'react';
import { problemSentence } from '../gateway/answer.ts';
import type { Problem } from '../gateway/answer.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { Notice } from './notice.tsx';

/** Why something was refused, in the words an operator can read out. */
export function ProblemNotice({ problem }: { problem: Problem | undefined }): ReactNode {
  const { language, t } = useLanguage();
  if (problem === undefined) return null;
  return (
    <Notice tone="bad">
      {problemSentence(problem, language)}
      {problem.items === undefined || problem.items.length === 0 ? null : (
        <ul>
          {problem.items.map((fault) => (
            <li key={fault.item}>{fault[language]}</li>
          ))}
        </ul>
      )}
      {problem.status >= 500 && problem.correlationId !== undefined ? (
        <small> {t(general.correlation, { id: problem.correlationId })}</small>
      ) : null}
    </Notice>
  );
}
