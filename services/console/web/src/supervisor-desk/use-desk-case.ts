import type { Problem } from '../gateway/answer.ts';
import type { CaseOnDesk } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';

type DeskCase = {
  /** A case of one's own at the supervisor desk: the present one, or a new one; undefined when refused. */
  ensure: (reason: string) => Promise<string | undefined>;
  busy: boolean;
  problem: Problem | undefined;
};

/** True where a case is here that is somebody's call. */
export function isOtherwiseBusy(current: CaseOnDesk | undefined): boolean {
  return current !== undefined && current.state !== 'closed' && !current.openedByHand;
}

/** Brings work that nobody calls for into a case at the desk: opened by hand, referred, and taken. */
export function useDeskCase(current: CaseOnDesk | undefined): DeskCase {
  const gateway = useGateway();
  const open = useCommand(gateway.openCase);
  const refer = useCommand(gateway.referCase);
  const take = useCommand(gateway.takeReferredCase);
  const ensure = async (reason: string): Promise<string | undefined> => {
    if (current?.state === 'referred') return current.caseId;
    let caseId = current === undefined || current.state === 'closed' ? undefined : current.caseId;
    if (caseId === undefined) {
      const opened = await open.run({ reason });
      if (opened?.ok !== true) return undefined;
      caseId = opened.value.caseId;
    }
    const referred = await refer.run({ caseId, reason: 'other' });
    if (referred?.ok !== true) return undefined;
    const taken = await take.run({ caseId });
    return taken?.ok === true ? caseId : undefined;
  };
  return {
    ensure,
    busy: open.busy || refer.busy || take.busy,
    problem: open.problem ?? refer.problem ?? take.problem,
  };
}
