import { describe, expect, it } from 'vitest';
import { isRefusalCode } from '@madoguchi/contracts/refusals';
import { isUndecided, problemSentence } from './answer.ts';

describe('problems', () => {
  it('speaks the sentence of the refusals table in both languages', () => {
    const problem = { code: 'slot_full', status: 409 } as const;
    expect(problemSentence(problem, 'ja')).toContain('満席');
    expect(problemSentence(problem, 'en')).toContain('full');
  });

  it('says the day with it, where the refusal knows one', () => {
    const days = { earliest: '2026-12-15' };
    const problem = { code: 'dose_interval_too_short', status: 422, days } as const;
    expect(problemSentence(problem, 'ja')).toMatch(/次に接種できるのは令和8年12月15日からです。$/u);
    expect(problemSentence(problem, 'en')).toMatch(/from 2026-12-15 on\.$/u);
  });

  it('names the codes that there are not', () => {
    const unknown = [
      { field: 'groups[0]', code: 'nurses' },
      { field: '', code: 'winter' },
    ];
    const named = { code: 'reference_unknown', status: 422, unknown } as const;
    expect(problemSentence(named, 'ja')).toContain('(groups[0]: nurses, winter)');
  });

  it('knows only codes of the table, no inherited names', () => {
    expect(isRefusalCode('slot_full')).toBe(true);
    expect(isRefusalCode('constructor')).toBe(false);
    expect(isRefusalCode(undefined)).toBe(false);
  });

  it('treats a missing answer and a server fault as undecided, a refusal as decided', () => {
    expect(isUndecided({ code: 'unreachable', status: 0 })).toBe(true);
    expect(isUndecided({ code: 'messaging_unavailable', status: 503 })).toBe(true);
    expect(isUndecided({ code: 'slot_full', status: 409 })).toBe(false);
  });
});
