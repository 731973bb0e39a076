import { refusalDays } from '@madoguchi/contracts/refusal-sentence';
import { isRefusalCode } from '@madoguchi/contracts/refusals';
import type { Answer, Problem } from './answer.ts';

export type HttpCall = {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  body?: unknown;
  /** Sent as `Idempotency-Key` with commands. */
  key?: string;
};

/** How long an answer is waited for, ms; longer than the slowest operation's own limit. */
const TIME_LIMIT_MS = 35_000;

/** What the second person said is told by an event, which is a moment behind it. */
const APPROVAL_TRIES = 4;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * One request to the gateway; personal data travels in bodies only. Never throws. Whose approval is still on
 * its way is sent again, as the answer says when, so that nobody is refused for having been quick.
 */
export async function sendRequest(call: HttpCall): Promise<Answer<Response>> {
  for (let tries = 1; ; tries += 1) {
    const answer = await sendOnce(call);
    if (answer.ok || answer.problem.code !== 'approval_not_here_yet' || tries === APPROVAL_TRIES)
      return answer;
    await pause(answer.problem.retryAfterMs ?? 1_000);
  }
}

async function sendOnce(call: HttpCall): Promise<Answer<Response>> {
  const { method, path, body, key } = call;
  try {
    const response = await fetch(path, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(TIME_LIMIT_MS),
      headers: {
        'x-madoguchi': 'console',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (response.ok) return { ok: true, value: response };
    return { ok: false, problem: await readProblem(response) };
  } catch {
    return { ok: false, problem: { code: 'unreachable', status: 0 } };
  }
}

/** The same, with the answer's JSON. */
export async function sendForJson<Value>(call: HttpCall): Promise<Answer<Value>> {
  const answer = await sendRequest(call);
  if (!answer.ok) return answer;
  try {
    return { ok: true, value: (await answer.value.json()) as Value };
  } catch {
    return { ok: false, problem: { code: 'unreachable', status: 0 } };
  }
}

/** One of several residents that a refusal names, with a code that has a sentence here. */
function refusedMember(member: unknown): NonNullable<Problem['members']> {
  if (typeof member !== 'object' || member === null) return [];
  const { residentId, code } = member as Record<string, unknown>;
  return typeof residentId === 'string' && isRefusalCode(code) ? [{ residentId, code }] : [];
}

/** A member of the command, and what is wrong with it in both languages. */
function faultyItem(fault: unknown): NonNullable<Problem['items']> {
  if (typeof fault !== 'object' || fault === null) return [];
  const { item, ja, en } = fault as Record<string, unknown>;
  return typeof item === 'string' && typeof ja === 'string' && typeof en === 'string'
    ? [{ item, ja, en }]
    : [];
}

/** A code that there is not, as a refusal names it: with its field, or alone. */
function unknownCode(named: unknown): NonNullable<Problem['unknown']> {
  if (typeof named === 'string') return [{ field: '', code: named }];
  if (typeof named !== 'object' || named === null) return [];
  const { field, code } = named as Record<string, unknown>;
  return typeof field === 'string' && typeof code === 'string' ? [{ field, code }] : [];
}

async function readProblem(response: Response): Promise<Problem> {
  const { status } = response;
  const body: unknown = await response.json().catch(() => undefined);
  const fields = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const { code, correlationId, members, items, unknown } = fields;
  const days = refusalDays(fields);
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  return {
    code: isRefusalCode(code) ? code : status === 401 ? 'unauthenticated' : 'internal_fault',
    status,
    ...(typeof correlationId === 'string' ? { correlationId } : {}),
    ...(Object.keys(days).length === 0 ? {} : { days }),
    ...(Number.isFinite(retryAfter) ? { retryAfterMs: retryAfter * 1_000 } : {}),
    ...(Array.isArray(unknown) ? { unknown: unknown.flatMap(unknownCode) } : {}),
    ...(Array.isArray(members) ? { members: members.flatMap(refusedMember) } : {}),
    ...(Array.isArray(items) ? { items: items.flatMap(faultyItem) } : {}),
  };
}
