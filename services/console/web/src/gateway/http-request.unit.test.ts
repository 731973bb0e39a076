import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sendForJson } from './http-request.ts';

const answers: Response[] = [];
const keys: unknown[] = [];
const asked = vi.fn(async (_path: string, { headers }: { headers: Record<string, string> }) => {
  keys.push(headers['idempotency-key']);
  return answers.shift() ?? Response.error();
});
const refusal = (code: string, headers: Record<string, string> = {}) =>
  Response.json({ code }, { status: 409, headers });

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', asked);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  answers.length = 0;
  asked.mockClear();
});

const send = async () => {
  const answer = sendForJson({
    method: 'POST',
    path: '/api/v1/sessions/close',
    body: {},
    key: 'k',
  });
  await vi.runAllTimersAsync();
  return answer;
};

describe('an approval that is on its way', () => {
  it('is waited for as the answer says, under the same key', async () => {
    const soon = { 'retry-after': '2' };
    answers.push(refusal('approval_not_here_yet', soon), Response.json({ sessions: 1 }));
    expect(await send()).toEqual({ ok: true, value: { sessions: 1 } });
    expect(asked).toHaveBeenCalledTimes(2);
    expect(keys).toEqual(['k', 'k']);
  });

  it('is not waited for for ever, and no other refusal is sent again', async () => {
    for (let tries = 0; tries < 9; tries += 1) answers.push(refusal('approval_not_here_yet'));
    expect(await send()).toMatchObject({ ok: false, problem: { code: 'approval_not_here_yet' } });
    expect(asked).toHaveBeenCalledTimes(4);
    asked.mockClear();
    answers.length = 0;
    answers.push(refusal('approval_used'));
    expect(await send()).toMatchObject({ ok: false, problem: { code: 'approval_used' } });
    expect(asked).toHaveBeenCalledTimes(1);
  });
});
