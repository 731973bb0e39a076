import { useState } from 'react';
import type { ReactNode } from 'react';
import { Choices } from '../design/choices.tsx';
import { FormDialog } from '../design/form-dialog.tsx';
import { Notice } from '../design/notice.tsx';
import type { ReferReason } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { callMessages, verificationMessages } from '../messages/call-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { referReasonNames } from '../messages/names.ts';

type ReferDialogProps = {
  caseId: string;
  /** True when the tries are used up: the sentence to say comes first. */
  closed: boolean;
  onClose: () => void;
};

const REASONS = Object.keys(referReasonNames) as ReferReason[];

export function ReferDialog({ caseId, closed, onClose }: ReferDialogProps): ReactNode {
  const { t } = useLanguage();
  const { referCase } = useGateway();
  const command = useCommand(referCase);
  const [reason, setReason] = useState<ReferReason>('not-confirmed');
  const submit = async (): Promise<void> => {
    const answer = await command.run({ caseId, reason });
    if (answer?.ok === true) onClose();
  };
  return (
    <FormDialog
      title={t(callMessages.refer)}
      action={t(callMessages.refer)}
      busy={command.busy}
      problem={command.problem}
      onSubmit={submit}
      {...{ onClose }}
    >
      {closed ? (
        <Notice tone="warn" say>
          {t(verificationMessages.closed)}
        </Notice>
      ) : null}
      <p>{t(callMessages.referLead)}</p>
      <Choices
        label={t(callMessages.referReason)}
        value={reason}
        options={REASONS.map((value) => ({ value, label: t(referReasonNames[value]) }))}
        onChoose={setReason}
        digits
      />
    </FormDialog>
  );
}
