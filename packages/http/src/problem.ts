import { isRefusalCode, REFUSALS, refusalDays, refusalSentence } from '@madoguchi/contracts';
import type { Refusal } from '@madoguchi/kernel';
import type { Response } from 'express';

/** RFC 9457 problem, with a stable code and the sentence in both languages; never a stack. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  correlationId: string;
} & Record<string, unknown>;

export function problemOf(refusal: Refusal, correlationId: string): Problem {
  const code = isRefusalCode(refusal.code) ? refusal.code : 'internal_fault';
  const { ja, en } = refusalSentence(code, refusalDays(refusal.details));
  return {
    ...refusal.details,
    type: `urn:madoguchi:problem:${code}`,
    title: en,
    detail: ja,
    status: REFUSALS[code].status,
    code,
    correlationId,
  };
}

/** Answers with a problem; `Retry-After` where the refusal says when to come back. */
export function sendProblem(response: Response, refusal: Refusal, correlationId: string): void {
  const problem = problemOf(refusal, correlationId);
  const wait = refusal.details?.['retryAfterMs'];
  if (typeof wait === 'number')
    response.set('retry-after', String(Math.max(1, Math.ceil(wait / 1000))));
  response
    .status(problem.status)
    .set('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem));
}
