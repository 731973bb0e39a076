import { useState } from 'react';
import type { ReactNode } from 'react';
import { missingCharacters } from '../call-desk/reason-length.ts';
import { TextField } from '../design/field.tsx';
import { FormDialog } from '../design/form-dialog.tsx';
import { Notice } from '../design/notice.tsx';
import type { CatalogueKind } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { callMessages } from '../messages/call-messages.ts';
import { catalogueKindNames, catalogueMessages } from '../messages/catalogue-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { ruleMessages } from '../messages/rule-messages.ts';
import type { Row } from './entry-draft.ts';
import { draftOf, readDraft } from './entry-draft.ts';
import { ENTRY_KINDS } from './entry-fields.ts';
import { EntryForm } from './entry-form.tsx';
import { putEntry, readEntry } from './put-entry.ts';

/** What is to be entered: a new row, a correction of one, or a new one that begins as a copy. */
export type EntryWanted = { kind: CatalogueKind; row?: Row & { revision: number }; copy?: boolean };

type EntryDialogProps = {
  wanted: EntryWanted;
  onClose: () => void;
  onSaved: (sentence: string) => void;
};

/** A row of the catalogue in its fields; nothing typed is lost, whatever is refused. */
export function EntryDialog({ wanted, onClose, onSaved }: EntryDialogProps): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const kind = ENTRY_KINDS[wanted.kind];
  const corrected = wanted.copy === true ? undefined : wanted.row;
  const [draft, setDraft] = useState(() => ({
    ...draftOf(kind, wanted.row),
    ...(wanted.copy === true ? { [kind.code]: '' } : {}),
  }));
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const [reason, setReason] = useState('');
  const [standing, setStanding] = useState<(Row & { revision: number }) | undefined>(undefined);
  const put = useCommand((request: { row: Row; revision: number; reason: string }, key: string) =>
    putEntry(gateway, { kind: wanted.kind, ...request }, key),
  );
  const missing = missingCharacters(reason);
  const code = draft[kind.code] ?? '';
  const submit = async (): Promise<void> => {
    const read = readDraft(kind, draft);
    setWrong(read.ok ? [] : read.members);
    if (!read.ok || missing > 0) return;
    const revision = standing?.revision ?? corrected?.revision ?? 0;
    const answer = await put.run({ row: read.row, revision, reason: reason.trim() });
    if (answer?.ok === true)
      onSaved(t(catalogueMessages.saved, { code, version: answer.value.version }));
    if (answer?.ok === false && answer.problem.code === 'changed_meanwhile')
      setStanding(await readEntry(gateway, wanted.kind, (row) => row[kind.code] === code));
  };
  const kindName = t(catalogueKindNames[wanted.kind]);
  return (
    <FormDialog
      title={
        corrected === undefined
          ? t(catalogueMessages.addKind, { kind: kindName })
          : t(catalogueMessages.editEntry, { code })
      }
      action={t(catalogueMessages.save)}
      busy={put.busy}
      problem={standing === undefined ? put.problem : undefined}
      onSubmit={submit}
      onClose={onClose}
    >
      {standing === undefined ? null : (
        <Notice tone="warn">{t(catalogueMessages.changedMeanwhile)}</Notice>
      )}
      <EntryForm
        fields={kind.fields}
        {...{ draft, wrong, standing }}
        fixed={corrected === undefined ? undefined : kind.code}
        onText={(field, text) => setDraft((before) => ({ ...before, [field]: text }))}
      />
      <TextField
        label={t(ruleMessages.reason)}
        value={reason}
        onText={setReason}
        maxLength={500}
        note={missing > 0 ? t(callMessages.reasonShort, { count: missing }) : ''}
      />
    </FormDialog>
  );
}
