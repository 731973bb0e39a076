import type { SessionChange } from '@madoguchi/contracts';
import { sessionChangeSelection } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import { newId } from '@madoguchi/kernel';
import { sessionsOfChange } from './describe-change.ts';
import { insertChange, keepApproval } from './session-change-store.ts';

const LIFETIME_MS = 900_000;

/**
 * What a proposal and a second person's yes to it leave behind, without the commands around them; the id of
 * the approval, or undefined where there is nothing to agree to.
 */
export async function agreedBeside(
  query: Query,
  change: SessionChange,
  { proposedBy, now }: { proposedBy: string; now: Date },
): Promise<string | undefined> {
  const sessions = await sessionsOfChange(query, change);
  if (sessions.length === 0) return undefined;
  const [changeId, approvalId] = [newId(), newId()];
  await insertChange(query, {
    id: changeId,
    change,
    sessions: sessions.map(({ id, version }) => ({ id, version })),
    people: 0,
    proposedBy,
    proposedAt: now,
  });
  await keepApproval(query, {
    approvalId,
    selection: sessionChangeSelection(changeId),
    requestedBy: proposedBy,
    decidedBy: 'test-second-person',
    decision: 'approved',
    expiresAt: new Date(now.getTime() + LIFETIME_MS).toISOString(),
  });
  return approvalId;
}
