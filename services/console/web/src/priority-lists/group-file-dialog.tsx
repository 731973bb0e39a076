import { useState } from 'react';
import type { ReactNode } from 'react';
import { missingCharacters } from '../call-desk/reason-length.ts';
import { WrittenReason } from '../call-desk/written-reason.tsx';
import { SelectField, TextField } from '../design/field.tsx';
import { FileDialog } from '../design/file-dialog.tsx';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { useLanguage } from '../messages/language.tsx';
import { listMessages } from '../messages/list-messages.ts';

type GroupFileDialogProps = { onClose: () => void; onDone: (sentence: string) => void };

/** A list of people of priority groups from a file; says where it comes from and why. */
export function GroupFileDialog({ onClose, onDone }: GroupFileDialogProps): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const take = useCommand(gateway.importGroupMembers);
  const [source, setSource] = useState('');
  const [reason, setReason] = useState('');
  const [whole, setWhole] = useState('no');
  const missing = missingCharacters(reason);
  return (
    <FileDialog
      title={t(listMessages.take)}
      lead={t(listMessages.fileLead)}
      busy={take.busy}
      ready={missing === 0 && source.trim() !== ''}
      problem={take.problem}
      onTake={async (fileBase64, dryRun) => {
        const answer = await take.run({
          fileBase64,
          dryRun,
          whole: whole === 'yes',
          source: source.trim(),
          reason: reason.trim(),
        });
        if (answer?.ok !== true) return undefined;
        const { refused, rows, entered, changed, unchanged, ended } = answer.value;
        if (!dryRun && refused.length === 0)
          onDone(t(listMessages.taken, { entered, changed, ended }));
        return {
          refused,
          summary: t(listMessages.rows, { rows, entered, changed, unchanged, ended }),
        };
      }}
      onClose={onClose}
    >
      <TextField
        label={t(listMessages.source)}
        value={source}
        onText={setSource}
        maxLength={200}
        bare
      />
      <SelectField
        label={t(listMessages.whole)}
        value={whole}
        onText={setWhole}
        options={[
          { value: 'no', label: t(listMessages.part) },
          { value: 'yes', label: t(listMessages.wholeYes) },
        ]}
      />
      <WrittenReason value={reason} onText={setReason} />
    </FileDialog>
  );
}
