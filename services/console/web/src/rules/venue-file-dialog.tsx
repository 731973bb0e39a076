import type { importVenues, ReplyOf } from '@madoguchi/contracts';
import type { ReactNode } from 'react';
import { ForeseenNotice } from '../catalogue-entry/foreseen-notice.tsx';
import { FileDialog } from '../design/file-dialog.tsx';
import { saveFile } from '../design/file-bytes.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { useLanguage } from '../messages/language.tsx';
import { ruleMessages } from '../messages/rule-messages.ts';

type VenuesToChange = NonNullable<ReplyOf<typeof importVenues>['wouldChange']>;
type VenueFileDialogProps = { onClose: () => void; onDone: (sentence: string) => void };

export function VenueFileDialog({ onClose, onDone }: VenueFileDialogProps): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const take = useCommand(gateway.importVenues);
  const foreseenOf = async (would: VenuesToChange | undefined): Promise<ReactNode> => {
    if (would === undefined || would.venues.length === 0) return undefined;
    const { version, venues } = would;
    const entries = venues.map((row) => ({ kind: 'venue' as const, row }));
    const answer = await gateway.countAffectedBookings({ entries, version });
    const foreseen = answer.ok ? { effect: answer.value } : { problem: answer.problem };
    return <ForeseenNotice {...{ foreseen }} />;
  };
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
        const { refused, rows, added, changed, unchanged, wouldChange } = answer.value;
        if (!dryRun && refused.length === 0)
          onDone(t(ruleMessages.venuesTaken, { added, changed }));
        const summary = t(ruleMessages.venueRows, { rows, added, changed, unchanged });
        return { refused, summary, more: await foreseenOf(wouldChange) };
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
