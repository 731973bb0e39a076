import type { SessionChange } from '@madoguchi/contracts';
import { describe, expect, it } from 'vitest';
import type { Approval, ProposedChange, WantedChange } from './judge-approval.ts';
import { judgeApproval } from './judge-approval.ts';

const PROPOSAL = '019394a0-0000-7000-8000-00000000beef';
const now = new Date('2026-12-01T00:00:00Z');
const change: SessionChange = {
  kind: 'change-capacity',
  sessionId: 's1',
  capacity: 2,
  timeFrom: '10:00',
  reason: 'staff-shortage',
};
const approval: Approval = {
  selection: `session-change/${PROPOSAL}`,
  requestedBy: 'asking',
  decidedBy: 'second',
  decision: 'approved',
  expiresAt: new Date(now.getTime() + 1),
  usedAt: null,
};
const sessions = [
  { id: 's1', version: 3 },
  { id: 's2', version: 1 },
];
const proposed: ProposedChange = { id: PROPOSAL, change, sessions, people: 4 };
const wanted: WantedChange = { change, sessions, requestedBy: 'asking', now };

const judged = (
  changes: {
    approval?: Partial<Approval>;
    proposed?: Partial<ProposedChange>;
    wanted?: Partial<WantedChange>;
  } = {},
): string => {
  const answer = judgeApproval(
    { ...approval, ...changes.approval },
    { ...proposed, ...changes.proposed },
    { ...wanted, ...changes.wanted },
  );
  return answer.ok ? 'yes' : answer.refusal.code;
};

describe('a second person’s approval', () => {
  it('is good for exactly what was proposed, by who asked, as the sessions were', () => {
    expect(judged()).toBe('yes');
    // In whatever order the sessions or the members come.
    expect(judged({ wanted: { sessions: sessions.toReversed() } })).toBe('yes');
    const turned = Object.fromEntries(Object.entries(change).toReversed()) as SessionChange;
    expect(judged({ wanted: { change: turned } })).toBe('yes');
    // Whoever runs the command line uses what somebody else asked for.
    expect(judged({ wanted: { requestedBy: undefined } })).toBe('yes');
  });

  it.each<[string, Parameters<typeof judged>[0], string]>([
    ['a no', { approval: { decision: 'rejected' } }, 'approval_rejected'],
    ['an own yes', { approval: { decidedBy: 'asking' } }, 'approval_own_request'],
    [
      'the yes of who does it now',
      { approval: { requestedBy: 'other', decidedBy: 'asking' } },
      'approval_own_request',
    ],
    ['another’s request', { approval: { requestedBy: 'other' } }, 'approval_for_something_else'],
    [
      'another proposal',
      { approval: { selection: `session-change/${PROPOSAL.replace('0', '1')}` } },
      'approval_for_something_else',
    ],
    [
      'no proposal at all',
      { approval: { selection: 'day-sheet/1312300011/2026-12-01' } },
      'approval_for_something_else',
    ],
    [
      'another size',
      { wanted: { change: { ...change, capacity: 1 } } },
      'approval_for_something_else',
    ],
    [
      'another reason',
      { wanted: { change: { ...change, reason: 'other' } } },
      'approval_for_something_else',
    ],
    [
      'the whole day',
      {
        wanted: {
          change: { kind: 'change-capacity', sessionId: 's1', capacity: 2, reason: change.reason },
        },
      },
      'approval_for_something_else',
    ],
    ['a used one', { approval: { usedAt: now } }, 'approval_used'],
    ['one whose time is over', { approval: { expiresAt: now } }, 'approval_expired'],
    [
      'a session that was changed',
      { wanted: { sessions: [{ id: 's1', version: 4 }, sessions[1] ?? { id: '', version: 0 }] } },
      'session_changed_meanwhile',
    ],
    ['a session less', { wanted: { sessions: sessions.slice(0, 1) } }, 'session_changed_meanwhile'],
    [
      'a session more',
      { wanted: { sessions: [...sessions, { id: 's3', version: 1 }] } },
      'session_changed_meanwhile',
    ],
  ])('is not %s', (_what, changes, code) => {
    expect(judged(changes)).toBe(code);
  });

  it('is nothing without its proposal', () => {
    expect(judgeApproval(approval, undefined, wanted)).toMatchObject({
      refusal: { code: 'approval_for_something_else' },
    });
  });
});
