import type { ReactNode } from 'react';
import { Notice } from '../design/notice.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import type { Failure } from './use-visits.ts';

type FailureNoticeProps = {
  failure: Failure | undefined;
  /** What is said where nobody was found. */
  notFound: string;
};

export function FailureNotice({ failure, notFound }: FailureNoticeProps): ReactNode {
  if (failure === undefined) return null;
  if (typeof failure === 'object') return <ProblemNotice problem={failure} />;
  return <Notice tone="bad">{notFound}</Notice>;
}
