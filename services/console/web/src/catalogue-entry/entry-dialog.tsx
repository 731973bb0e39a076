import type { ReactNode } from 'react';
import { WrittenReason } from '../call-desk/written-reason.tsx';
import { FormDialog } from '../design/form-dialog.tsx';
import { Notice } from '../design/notice.tsx';
import { catalogueKindNames, catalogueMessages } from '../messages/catalogue-messages.ts';
import { effectMessages } from '../messages/effect-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { codeOf } from './entry-draft.ts';
import type { EntryField, EntryKind } from './entry-fields.ts';
import { ENTRY_KINDS } from './entry-fields.ts';
import { EntryForm } from './entry-form.tsx';
import { ForeseenNotice } from './foreseen-notice.tsx';
import type { EntryWanted } from './use-entry.ts';
import { useEntry } from './use-entry.ts';

type EntryDialogProps = {
  wanted: EntryWanted;
  /** Of the catalogue in which the row was read. */
  version: number;
  onClose: () => void;
  onSaved: (sentence: string) => void;
};

/** The day from which on comes first where that is what is asked for. */
const dayFirst = ({ fields }: EntryKind): readonly EntryField[] => [
  ...fields.filter(({ member }) => member === 'validFrom'),
  ...fields.filter(({ member }) => member !== 'validFrom'),
];

/** A row of the catalogue in its fields: what it would do to bookings is shown before it is saved. */
export function EntryDialog({ wanted, version, onClose, onSaved }: EntryDialogProps): ReactNode {
  const { t } = useLanguage();
  const kind = ENTRY_KINDS[wanted.kind];
  const entry = useEntry(wanted, version, onSaved);
  const isNew = wanted.copy === true || wanted.row === undefined;
  const code = codeOf(kind, wanted.row);
  const title =
    wanted.from === true
      ? t(catalogueMessages.changeEntryFrom, { code })
      : isNew
        ? t(catalogueMessages.addKind, { kind: t(catalogueKindNames[wanted.kind]) })
        : t(catalogueMessages.editEntry, { code });
  return (
    <FormDialog
      {...{ title, onClose }}
      {...(wanted.from === true ? { lead: t(catalogueMessages.changeFromLead) } : {})}
      action={t(entry.foreseen === undefined ? effectMessages.check : catalogueMessages.save)}
      busy={entry.busy}
      problem={entry.problem}
      onSubmit={entry.submit}
    >
      {entry.standing === undefined ? null : (
        <Notice tone="warn">{t(catalogueMessages.changedMeanwhile)}</Notice>
      )}
      <EntryForm
        fields={wanted.from === true ? dayFirst(kind) : kind.fields}
        draft={entry.draft}
        wrong={entry.wrong}
        faults={entry.problem?.items}
        standing={entry.standing}
        fixed={isNew || wanted.from === true ? undefined : kind.code}
        onText={entry.write}
      />
      <WrittenReason value={entry.reason} onText={entry.setReason} />
      <ForeseenNotice foreseen={entry.foreseen} />
      {entry.carriedOver.length === 0 ? null : (
        <p>{t(catalogueMessages.carriedOver, { codes: entry.carriedOver.join('、') })}</p>
      )}
    </FormDialog>
  );
}
