import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Choices } from '../design/choices.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Notice } from '../design/notice.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import type { LeftOut, LeftOutHandling } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { leftOutHandlingNames } from '../messages/desk-names.ts';
import { registerMessages } from '../messages/register-messages.ts';

type SettleLeftOutDialogProps = {
  item: LeftOut;
  /** Who is open on this desk. */
  residentId: string | undefined;
  onSettled: () => void;
  onClose: () => void;
};

const HANDLINGS = Object.keys(leftOutHandlingNames) as LeftOutHandling[];

export function SettleLeftOutDialog(props: SettleLeftOutDialogProps): ReactNode {
  const { item, residentId, onSettled, onClose } = props;
  const { t } = useLanguage();
  const gateway = useGateway();
  const settle = useCommand(gateway.settleLeftOut);
  const [handling, setHandling] = useState<LeftOutHandling>('posted-by-hand');
  const submit = async (): Promise<void> => {
    if (residentId === undefined) return;
    const answer = await settle.run({ itemId: item.itemId, residentId, handling });
    if (answer?.ok === true) onSettled();
  };
  return (
    <Dialog title={t(registerMessages.settleTitle)} onClose={onClose}>
      {residentId === undefined ? (
        <Notice tone="warn">{t(registerMessages.settleOpenFirst)}</Notice>
      ) : null}
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Choices
          label={t(registerMessages.settleHow)}
          value={handling}
          options={HANDLINGS.map((value) => ({ value, label: t(leftOutHandlingNames[value]) }))}
          onChoose={setHandling}
          digits
          focusFirst
        />
        <ProblemNotice problem={settle.problem} />
        <div className="dialog__actions">
          <Button hint="Esc" onClick={onClose}>
            {t(general.cancel)}
          </Button>
          <Button
            type="submit"
            kind="primary"
            hint="Enter"
            busy={settle.busy || residentId === undefined}
          >
            {t(registerMessages.settleSave)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
