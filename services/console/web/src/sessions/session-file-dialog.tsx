import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import type { Problem } from '../gateway/answer.ts';
import type { SessionFileReport } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { useLanguage } from '../messages/language.tsx';
import { sessionMessages } from '../messages/session-messages.ts';
import { base64Of, saveFile } from './file-bytes.ts';
import { FormDialog } from './form-dialog.tsx';
import type { SessionFilter } from './session-filters.tsx';

type SessionFileDialogProps = {
  filter: SessionFilter;
  onClose: () => void;
  onDone: (sentence: string) => void;
};

/** Sessions out and in as CSV; a file is checked first, and imported whole or not at all. */
export function SessionFileDialog({ filter, onClose, onDone }: SessionFileDialogProps): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const take = useCommand(gateway.importSessions);
  const [file, setFile] = useState<File | undefined>(undefined);
  const [report, setReport] = useState<SessionFileReport | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const send = async (dryRun: boolean): Promise<void> => {
    if (file === undefined) return;
    const answer = await take.run({ fileBase64: await base64Of(file), dryRun });
    setReport(answer?.ok === true ? answer.value : undefined);
    if (answer?.ok !== true || dryRun || answer.value.refused.length > 0) return;
    onDone(t(sessionMessages.opened, { count: answer.value.slots }));
  };
  const write = async (): Promise<void> => {
    const { venueCode, from, to } = filter;
    const answer = await gateway.exportSessions({
      from,
      to,
      ...(venueCode === '' ? {} : { venueCode }),
    });
    setProblem(answer.ok ? undefined : answer.problem);
    if (answer.ok)
      saveFile(answer.value.fileBase64, `${t(sessionMessages.fileName)}-${from}-${to}.csv`);
  };
  return (
    <FormDialog
      title={t(sessionMessages.file)}
      lead={t(sessionMessages.fileLead)}
      action={t(sessionMessages.importFile)}
      busy={take.busy || file === undefined}
      problem={take.problem ?? problem}
      onSubmit={() => send(false)}
      onClose={onClose}
    >
      <label className="field">
        <span className="field__label">{t(sessionMessages.chooseFile)}</span>
        <input
          type="file"
          accept=".csv,text/csv"
          className="field__input"
          onChange={(event) => {
            setFile(event.currentTarget.files?.[0]);
            setReport(undefined);
          }}
        />
      </label>
      <div className="row row--spread">
        <Button onClick={() => void write()}>{t(sessionMessages.exportFile)}</Button>
        <Button busy={take.busy || file === undefined} onClick={() => void send(true)}>
          {t(sessionMessages.tryFile)}
        </Button>
      </div>
      {report === undefined ? null : <FileReport report={report} />}
    </FormDialog>
  );
}

function FileReport({ report }: { report: SessionFileReport }): ReactNode {
  const { t } = useLanguage();
  const { rows, opened, slots, refused } = report;
  return (
    <>
      <Notice tone={refused.length === 0 ? 'good' : 'warn'}>
        {t(sessionMessages.checked)}:{t(sessionMessages.fileRows, { rows, opened, slots })}
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
    </>
  );
}
