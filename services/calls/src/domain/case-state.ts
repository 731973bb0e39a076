/** Situations of a case. `wrap-up`: the line is gone, the after-call code is owed. */
export const CASE_STATES = ['ringing', 'open', 'wrap-up', 'referred', 'closed'] as const;
export type CaseState = (typeof CASE_STATES)[number];

export type CaseChange = 'answer' | 'hang-up' | 'refer' | 'close';

/** What each change makes of each state; `undefined` where it is not possible. Complete by type. */
export const CASE_TRANSITIONS: Record<CaseState, Record<CaseChange, CaseState | undefined>> = {
  ringing: { answer: 'open', 'hang-up': 'wrap-up', refer: undefined, close: 'closed' },
  open: { answer: 'open', 'hang-up': 'wrap-up', refer: 'referred', close: 'closed' },
  'wrap-up': { answer: 'wrap-up', 'hang-up': 'wrap-up', refer: 'referred', close: 'closed' },
  referred: { answer: 'referred', 'hang-up': 'referred', refer: undefined, close: 'closed' },
  closed: { answer: undefined, 'hang-up': undefined, refer: undefined, close: undefined },
};
