import type { ReactNode } from 'react';
import { FileDialog } from '../design/file-dialog.tsx';
import { saveFile } from '../design/file-bytes.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { useLanguage } from '../messages/language.tsx';
import { ruleMessages } from '../messages/rule-messages.ts';

type VenueFileDialogProps = { onClose: () => void; onDone: (sentence: string) => void };

export function VenueFileDialog({ onClose, onDone }: VenueFileDialogProps): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const take = useCommand(gateway.importVenues);
  return (
    <FileDialog
      title={t(ruleMessages.venueFile)}
      lead={t(ruleMessages.venueFileLead)}
      exportLabel={t(ruleMessages.exportVenues)}
      busy={take.busy}
      problem={take.problem}
      onTake={async (fileBase64, dryRun) => {
        const answer = await take.run({ fileBase64, dryRun });
        if (answer?.ok !== true) return undefined;
        const { refused, rows, added, changed, unchanged } = answer.value;
        if (!dryRun && refused.length === 0)
          onDone(t(ruleMessages.venuesTaken, { added, changed }));
        return { refused, summary: t(ruleMessages.venueRows, { rows, added, changed, unchanged }) };
      }}
      onExport={async () => {
        const answer = await gateway.exportVenues({});
        if (answer.ok) saveFile(answer.value.fileBase64, answer.value.fileName);
        return answer.ok ? undefined : answer.problem;
      }}
      onClose={onClose}
    />
  );
}
