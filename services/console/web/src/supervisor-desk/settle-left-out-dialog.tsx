import { useState } from 'react';
import type { ReactNode } from 'react';
import { Choices } from '../design/choices.tsx';
import { FormDialog } from '../design/form-dialog.tsx';
import { Notice } from '../design/notice.tsx';
import type { LeftOut, LeftOutHandling } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
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
    <FormDialog
      title={t(registerMessages.settleTitle)}
      action={t(registerMessages.settleSave)}
      busy={settle.busy}
      ready={residentId !== undefined}
      problem={settle.problem}
      onSubmit={submit}
      {...{ onClose }}
    >
      {residentId === undefined ? (
        <Notice tone="warn">{t(registerMessages.settleOpenFirst)}</Notice>
      ) : null}
      <Choices
        label={t(registerMessages.settleHow)}
        value={handling}
        options={HANDLINGS.map((value) => ({ value, label: t(leftOutHandlingNames[value]) }))}
        onChoose={setHandling}
        digits
        focusFirst
      />
    </FormDialog>
  );
}
