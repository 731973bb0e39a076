import type { ReactNode } from 'react';
import { saveFile } from '../design/file-bytes.ts';
import { FileDialog } from '../design/file-dialog.tsx';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { useLanguage } from '../messages/language.tsx';
import { sessionMessages } from '../messages/session-messages.ts';
import type { SessionFilter } from './session-filters.tsx';

type SessionFileDialogProps = {
  filter: SessionFilter;
  onClose: () => void;
  onDone: (sentence: string) => void;
};

/** Sessions of the range that is shown, out and in as CSV. */
export function SessionFileDialog({ filter, onClose, onDone }: SessionFileDialogProps): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const take = useCommand(gateway.importSessions);
  const { venueCode, from, to } = filter;
  return (
    <FileDialog
      title={t(sessionMessages.file)}
      lead={t(sessionMessages.fileLead)}
      exportLabel={t(sessionMessages.exportFile)}
      busy={take.busy}
      problem={take.problem}
      onTake={async (fileBase64, dryRun) => {
        const answer = await take.run({ fileBase64, dryRun });
        if (answer?.ok !== true) return undefined;
        const { refused, rows, opened, slots } = answer.value;
        if (!dryRun && refused.length === 0) onDone(t(sessionMessages.opened, { count: slots }));
        return { refused, summary: t(sessionMessages.fileRows, { rows, opened, slots }) };
      }}
      onExport={async () => {
        const venue = venueCode === '' ? {} : { venueCode };
        const answer = await gateway.exportSessions({ from, to, ...venue });
        if (answer.ok)
          saveFile(answer.value.fileBase64, `${t(sessionMessages.fileName)}-${from}-${to}.csv`);
        return answer.ok ? undefined : answer.problem;
      }}
      onClose={onClose}
    />
  );
}
