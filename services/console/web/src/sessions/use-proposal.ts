import type { ReplyOf, proposeSessionChange, SessionChange } from '@madoguchi/contracts';
import { useState } from 'react';
import type { Answer, Problem } from '../gateway/answer.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';

export type Proposal = ReplyOf<typeof proposeSessionChange>;

/** On whose word a change is made. */
export type Word = { approvalId: string } | { emergency: { explanation: string } };

/** Refusals after which a (new) proposal is what helps. */
const TO_BE_PROPOSED: ReadonlySet<Problem['code']> = new Set([
  'session_change_needs_approval',
  'session_changed_meanwhile',
  'approval_for_something_else',
  'approval_expired',
  'approval_used',
]);

export type ProposalState = {
  /** What a second person is asked about; none as long as nobody needs to be asked. */
  proposal: Proposal | undefined;
  problem: Problem | undefined;
  /** Proposes the change where its refusal asks for that. */
  after: (answer: Answer<unknown> | undefined, change: SessionChange) => Promise<void>;
};

export function useProposal(): ProposalState {
  const gateway = useGateway();
  const propose = useCommand(gateway.proposeSessionChange);
  const [proposal, setProposal] = useState<Proposal | undefined>(undefined);
  const after: ProposalState['after'] = async (answer, change) => {
    if (answer === undefined || answer.ok || !TO_BE_PROPOSED.has(answer.problem.code)) return;
    const proposed = await propose.run({ change });
    if (proposed?.ok === true) setProposal(proposed.value);
  };
  return { proposal, problem: propose.problem, after };
}
