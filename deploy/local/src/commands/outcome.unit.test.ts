import { describe, expect, it } from 'vitest';
import { exitOf, refusedBecause } from './outcome.ts';

describe('a refusal on the command line', () => {
  it('is a sentence in Japanese and English with the code behind it', () => {
    const error = refusedBecause({ code: 'not_venue_staff' }, 'operator1');
    expect(exitOf(error)).toEqual({
      code: 1,
      sentence:
        'operator1: 会場従事者ではないため、会場を割り当てられません。 Venues are assigned to venue staff only. [not_venue_staff]',
    });
  });

  it('keeps to itself what is for programs only', () => {
    const refusal = { code: 'approval_not_here_yet', details: { retryAfterMs: 1_000 } };
    expect(refusedBecause(refusal, 'a.csv').message).toMatch(/ \[approval_not_here_yet\]$/u);
  });

  it('names what is wrong, and says what to do', () => {
    const refusal = {
      code: 'import_refused',
      details: { reason: '必須の列がありません', columns: ['氏名', '住所'] },
    };
    expect(refusedBecause(refusal, 'a.csv', 'Nothing was changed.').message).toMatch(
      /^a\.csv: .+ \[import_refused\] 必須の列がありません, 氏名, 住所\nNothing was changed\.$/u,
    );
  });
});
