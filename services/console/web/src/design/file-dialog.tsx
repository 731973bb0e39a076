import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Problem } from '../gateway/answer.ts';
import { useLanguage } from '../messages/language.tsx';
import { sessionMessages } from '../messages/session-messages.ts';
import { Button } from './button.tsx';
import { base64Of } from './file-bytes.ts';
import { FormDialog } from './form-dialog.tsx';
import { Notice } from './notice.tsx';

/** What became of a file, or would: a sentence, and the rows that were not taken. */
export type FileReport = {
  summary: string;
  refused: readonly { line: number; column: string; reason: string }[];
  /** What else is to be known before it is taken. */
  more?: ReactNode;
};

type FileDialogProps = {
  title: string;
  lead: string;
  /** Where rows can also be taken out. */
  exportLabel?: string;
  busy: boolean;
  /** What else is asked for is there. */
  ready?: boolean;
  problem: Problem | undefined;
  /** Checks or takes a file; undefined when it was refused. */
  onTake: (fileBase64: string, dryRun: boolean) => Promise<FileReport | undefined>;
  onExport?: () => Promise<Problem | undefined>;
  onClose: () => void;
  /** What else is asked for with a file. */
  children?: ReactNode;
};

/** Rows out and in as CSV; a file can be checked first, and is taken whole or not at all. */
export function FileDialog(props: FileDialogProps): ReactNode {
  const { title, lead, exportLabel, busy, problem, onTake, onExport, onClose } = props;
  const { t } = useLanguage();
  const [file, setFile] = useState<File | undefined>(undefined);
  const [report, setReport] = useState<FileReport | undefined>(undefined);
  const [refused, setRefused] = useState<Problem | undefined>(undefined);
  const send = async (dryRun: boolean): Promise<void> => {
    if (file !== undefined) setReport(await onTake(await base64Of(file), dryRun));
  };
  return (
    <FormDialog
      {...{ title, lead, onClose }}
      action={t(sessionMessages.importFile)}
      busy={busy}
      ready={file !== undefined && props.ready !== false}
      problem={problem ?? refused}
      onSubmit={() => send(false)}
    >
      <label className="field">
        <span className="field__label">{t(sessionMessages.chooseFile)}</span>
        <input
          type="file"
          accept=".csv,text/csv"
          className="field__input"
          onClick={(event) => {
            // The same file, corrected meanwhile, is a choice too.
            event.currentTarget.value = '';
            setFile(undefined);
            setReport(undefined);
          }}
          onChange={(event) => {
            setFile(event.currentTarget.files?.[0]);
            setReport(undefined);
          }}
        />
      </label>
      {props.children}
      <div className="row row--spread">
        {onExport === undefined ? (
          <span />
        ) : (
          <Button onClick={() => void onExport().then(setRefused)}>{exportLabel}</Button>
        )}
        <Button
          busy={busy || file === undefined || props.ready === false}
          onClick={() => void send(true)}
        >
          {t(sessionMessages.tryFile)}
        </Button>
      </div>
      {report === undefined ? null : <Report report={report} />}
    </FormDialog>
  );
}

function Report({ report }: { report: FileReport }): ReactNode {
  const { t } = useLanguage();
  const { summary, refused, more } = report;
  return (
    <>
      <Notice tone={refused.length === 0 ? 'good' : 'warn'}>
        {t(sessionMessages.checked)}:{summary}
      </Notice>
      {refused.length === 0 ? null : (
        <ul className="rows file-faults">
          {refused.map(({ line, column, reason }) => (
            <li key={`${line} ${column} ${reason}`}>
              {t(sessionMessages.fileFault, { line, column, reason })}
            </li>
          ))}
        </ul>
      )}
      {more}
    </>
  );
}
