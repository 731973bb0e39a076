import { daySheetSelection } from '@madoguchi/contracts/export-selections';
import type { DaySheetFormat } from '@madoguchi/contracts';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Choices } from '../design/choices.tsx';
import { Dialog } from '../design/dialog.tsx';
import { saveBlob } from '../design/file-bytes.ts';
import { Notice } from '../design/notice.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import type { Problem } from '../gateway/answer.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { daySheetFormatNames } from '../messages/names.ts';
import { venueDayMessages } from '../messages/venue-day-messages.ts';
import { DeskConditions } from '../verification/desk-conditions.tsx';
import { useDeskConditions } from '../verification/use-desk-conditions.ts';

const FORMATS = Object.keys(daySheetFormatNames) as DaySheetFormat[];
type DaySheetDialogProps = { venueCode: string; day: string; onClose: () => void };

/** The list of today's names: asked for with a reason, agreed to by a second person, then fetched. */
export function DaySheetDialog({ venueCode, day, onClose }: DaySheetDialogProps): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const conditions = useDeskConditions({
    kind: 'export',
    selection: daySheetSelection(venueCode, day),
  });
  const [format, setFormat] = useState<DaySheetFormat>('pdf');
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [fetched, setFetched] = useState(false);
  const { approvalId, ready: usable } = conditions;
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (usable) button.current?.focus();
  }, [usable]);
  const fetchSheet = async (): Promise<void> => {
    if (approvalId === undefined || !usable) return;
    const answer = await gateway.printDaySheet({ venueCode, day, format, approvalId });
    setProblem(answer.ok ? undefined : answer.problem);
    setFetched(answer.ok);
    if (answer.ok)
      saveBlob(answer.value, `${venueCode}-${day}.${format === 'pdf' ? 'pdf' : 'csv'}`);
  };
  return (
    <Dialog title={t(venueDayMessages.daySheet)} onClose={onClose}>
      <p>{t(venueDayMessages.daySheetLead)}</p>
      <div className="stack">
        <DeskConditions desk={conditions} />
        <Choices
          label={t(venueDayMessages.format)}
          value={format}
          options={FORMATS.map((value) => ({ value, label: t(daySheetFormatNames[value]) }))}
          onChoose={setFormat}
          digits
        />
        <ProblemNotice problem={problem} />
        {fetched ? <Notice tone="good">{t(venueDayMessages.fetched)}</Notice> : null}
        <div className="dialog__actions">
          <Button hint="Esc" onClick={onClose}>
            {t(general.cancel)}
          </Button>
          <Button ref={button} kind="primary" busy={!usable} onClick={() => void fetchSheet()}>
            {t(venueDayMessages.fetchSheet)}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
