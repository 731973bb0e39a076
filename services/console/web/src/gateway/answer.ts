import type { RefusalCode } from '@madoguchi/contracts/refusals';
import { refusalSentence } from '@madoguchi/contracts/refusal-sentence';
import type { RefusalDays } from '@madoguchi/contracts/refusal-sentence';
import type { Language } from '../messages/message.ts';

/**
 * A refusal or fault as the gateway's problem answer tells it (RFC 9457). `unreachable`: no answer
 * came at all.
 */
export type Problem = {
  code: RefusalCode | 'unreachable';
  status: number;
  correlationId?: string;
  /** When to come back, where the refusal says so. */
  retryAfterMs?: number;
  /** Of several residents, who stands in the way, and why. */
  members?: readonly { residentId: string; code: RefusalCode }[];
  /** Days from which on it no longer holds. */
  days?: RefusalDays;
  /** What is wrong with which member of the command. */
  items?: readonly { item: string; ja: string; en: string }[];
  /** Codes that there are not, with the field that named them. */
  unknown?: readonly { field: string; code: string }[];
};

export type Answer<Value> = { ok: true; value: Value } | { ok: false; problem: Problem };

const UNREACHABLE = {
  ja: '窓口システムに接続できません。もう一度お試しください。',
  en: 'The system cannot be reached. Please try again.',
} as const;

/** The sentence of a problem in the language of the screen. */
export function problemSentence(problem: Problem, language: Language): string {
  const { code, days = {}, unknown = [] } = problem;
  if (code === 'unreachable') return UNREACHABLE[language];
  const sentence = refusalSentence(code, days)[language];
  const named = unknown.map((one) => (one.field === '' ? one.code : `${one.field}: ${one.code}`));
  return named.length === 0 ? sentence : `${sentence} (${named.join(', ')})`;
}

/** True when nobody knows whether the command was carried out; the same key must be sent again. */
export function isUndecided(problem: Problem): boolean {
  return problem.code === 'unreachable' || problem.status >= 500;
}
