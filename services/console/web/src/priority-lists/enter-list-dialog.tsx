import { tokyoDate } from '@madoguchi/kernel';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { missingCharacters } from '../call-desk/reason-length.ts';
import { WrittenReason } from '../call-desk/written-reason.tsx';
import { SelectField, TextField } from '../design/field.tsx';
import { FormDialog } from '../design/form-dialog.tsx';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { useQuery } from '../gateway/use-query.ts';
import { useLanguage } from '../messages/language.tsx';
import { listMessages } from '../messages/list-messages.ts';

type EnterListDialogProps = {
  residentId: string;
  onClose: () => void;
  onDone: (sentence: string) => void;
};

/** Puts the person on a list, or corrects what it says of them. */
export function EnterListDialog({ residentId, onClose, onDone }: EnterListDialogProps): ReactNode {
  const { language, t } = useLanguage();
  const gateway = useGateway();
  const groups = useQuery(() => gateway.listListedGroups({}));
  const enter = useCommand(gateway.enterGroupMember);
  const [groupCode, setGroupCode] = useState('');
  const [from, setFrom] = useState<string>(() => tokyoDate(new Date()));
  const [lastDay, setLastDay] = useState('');
  const [source, setSource] = useState('');
  const [reason, setReason] = useState('');
  const missing = missingCharacters(reason);
  const lacking = groupCode === '' || from === '' || source.trim() === '';
  const submit = async (): Promise<void> => {
    const answer = await enter.run({
      residentId,
      groupCode,
      from,
      lastDay: lastDay === '' ? null : lastDay,
      source: source.trim(),
      reason: reason.trim(),
    });
    if (answer?.ok === true) onDone(t(listMessages.entered));
  };
  return (
    <FormDialog
      title={t(listMessages.enter)}
      action={t(listMessages.enter)}
      busy={enter.busy}
      ready={missing === 0 && !lacking}
      problem={enter.problem ?? groups.problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <SelectField
        data-first-focus
        label={t(listMessages.group)}
        value={groupCode}
        onText={setGroupCode}
        options={[
          { value: '', label: '―' },
          ...(groups.value?.groups ?? []).map((one) => ({
            value: one.groupCode,
            label: one.name[language],
          })),
        ]}
      />
      <TextField label={t(listMessages.from)} type="date" value={from} onText={setFrom} bare />
      <TextField
        label={t(listMessages.lastDay)}
        type="date"
        value={lastDay}
        onText={setLastDay}
        bare
      />
      <TextField
        label={t(listMessages.source)}
        value={source}
        onText={setSource}
        maxLength={200}
        note={lacking ? t(listMessages.needGroup) : ''}
      />
      <WrittenReason value={reason} onText={setReason} />
    </FormDialog>
  );
}
