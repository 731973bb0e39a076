import { exportOfSelection } from '@madoguchi/contracts/export-selections';
import { describe, expect, it } from 'vitest';
import { commandOf, selectionOf } from './export-draft.ts';
import type { ExportDraft } from './export-draft.ts';

const draft: ExportDraft = {
  what: 'mailing',
  bornFrom: '1961-04-01',
  bornTo: '1962-03-31',
  limit: '0300',
};
const papers: ExportDraft = { ...draft, what: 'notices' };

describe('what is to leave the house', () => {
  it('is asked for as the approval names it', () => {
    expect(exportOfSelection(selectionOf(draft) ?? '')).toEqual({
      what: 'mailing',
      bornFrom: '1961-04-01',
      bornTo: '1962-03-31',
    });
    expect(exportOfSelection(selectionOf(papers) ?? '')).toEqual({
      what: 'notices-run',
      limit: 300,
    });
  });

  it.each([
    { ...draft, bornFrom: '' },
    { ...draft, bornTo: '' },
    { ...draft, bornTo: '1961-03-31' },
    { ...papers, limit: '' },
    { ...papers, limit: '0' },
    { ...papers, limit: '10001' },
    { ...papers, limit: '百' },
  ])('is not asked for while it is not said: %o', (unsaid) =>
    expect(selectionOf(unsaid)).toBeUndefined(),
  );

  it('is written by a command of exactly that', () => {
    expect(commandOf(draft, 'x')).toBe(
      'npx madoguchi residents mailing mailing.csv --approval x --born-from 1961-04-01 --born-to 1962-03-31',
    );
    expect(commandOf(papers, 'x')).toBe(
      'npx madoguchi notices print papers --approval x --limit 300',
    );
  });
});
