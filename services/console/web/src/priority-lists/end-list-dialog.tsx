import { tokyoDate } from '@madoguchi/kernel';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { missingCharacters } from '../call-desk/reason-length.ts';
import { WrittenReason } from '../call-desk/written-reason.tsx';
import { TextField } from '../design/field.tsx';
import { FormDialog } from '../design/form-dialog.tsx';
import type { Membership } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { useLanguage } from '../messages/language.tsx';
import { listMessages } from '../messages/list-messages.ts';

type EndListDialogProps = {
  residentId: string;
  membership: Membership;
  onClose: () => void;
  onDone: (sentence: string) => void;
};

/** Ends what a list says of the person. */
export function EndListDialog(props: EndListDialogProps): ReactNode {
  const { residentId, membership, onClose, onDone } = props;
  const { language, t } = useLanguage();
  const gateway = useGateway();
  const end = useCommand(gateway.endGroupMember);
  const [lastDay, setLastDay] = useState<string>(() => tokyoDate(new Date()));
  const [reason, setReason] = useState('');
  const missing = missingCharacters(reason);
  const { groupCode } = membership;
  const submit = async (): Promise<void> => {
    const answer = await end.run({ residentId, groupCode, lastDay, reason: reason.trim() });
    if (answer?.ok === true) onDone(t(listMessages.ended));
  };
  return (
    <FormDialog
      title={t(listMessages.endOf, { group: membership.name?.[language] ?? groupCode })}
      action={t(listMessages.end)}
      kind="danger"
      busy={end.busy}
      ready={missing === 0 && lastDay !== ''}
      problem={end.problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        data-first-focus
        label={t(listMessages.endDay)}
        type="date"
        value={lastDay}
        onText={setLastDay}
        bare
      />
      <WrittenReason value={reason} onText={setReason} />
    </FormDialog>
  );
}
