import { OUTCOMES_OF } from '@madoguchi/contracts/work-item-outcomes';
import type { WorkItemOutcome } from '@madoguchi/contracts/work-item-outcomes';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Choices } from '../design/choices.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import type { AfterCallCode } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { callbackMessages } from '../messages/callback-messages.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { workItemOutcomeNames } from '../messages/desk-names.ts';
import type { OwnItem } from './use-own-item.ts';

/** Under which after-call code the case of an item closes. */
const CODE_OF: Record<WorkItemOutcome, AfterCallCode> = {
  moved: 'changed',
  cancelled: 'cancelled',
  kept: 'answered',
  booked: 'booked',
  declined: 'answered',
  unreachable: 'called-back-later',
};

type FinishCallbackProps = { caseId: string; itemId: string; own: OwnItem };

/** How the call ended; the item is finished first, so that a case never closes over an item left in hand. */
export function FinishCallback({ caseId, itemId, own }: FinishCallbackProps): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const { item, asked } = own;
  const finish = useCommand(gateway.finishWorkItem);
  const release = useCommand(gateway.releaseWorkItem);
  const close = useCommand(gateway.closeCase);
  const [outcome, setOutcome] = useState<WorkItemOutcome | undefined>(undefined);
  const submit = async (): Promise<void> => {
    if (outcome === undefined) return;
    const finished = await finish.run({ itemId, outcome });
    if (finished?.ok === true) await close.run({ caseId, afterCallCode: CODE_OF[outcome] });
  };
  if (!asked) return <p className="empty">{t(general.loading)}</p>;
  // Where the list does not say what it is about, all is offered; what is not true is refused.
  const outcomes = OUTCOMES_OF[item?.kind ?? 'callback'];
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <p>{t(callbackMessages.outcomeLead)}</p>
      <Choices
        label={t(callbackMessages.outcome)}
        value={outcome}
        options={outcomes.map((value) => ({
          value,
          label: t(workItemOutcomeNames[value]),
        }))}
        onChoose={setOutcome}
        digits
        column
        focusFirst
      />
      <ProblemNotice problem={finish.problem ?? close.problem ?? release.problem} />
      <div className="row row--end">
        <Button busy={release.busy} onClick={() => void release.run({ itemId })}>
          {t(callbackMessages.giveBack)}
        </Button>
        <Button
          type="submit"
          kind="primary"
          hint="Enter"
          busy={finish.busy || close.busy || outcome === undefined}
        >
          {t(callbackMessages.record)}
        </Button>
      </div>
    </form>
  );
}
