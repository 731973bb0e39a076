import { useState } from 'react';
import type { ReactNode } from 'react';
import { Badge } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { FormDialog } from '../design/form-dialog.tsx';
import type { AttendanceOutcome } from '../gateway/contract-types.ts';
import { useLanguage } from '../messages/language.tsx';
import { attendanceNames } from '../messages/names.ts';
import { venueDayMessages } from '../messages/venue-day-messages.ts';
import { OutcomeChoices, OUTCOMES } from './outcome-choices.tsx';
import type { Mark, Visits } from './use-visits.ts';

/** The last visitors of this desk, by number; a slip is written right from here. */
export function LastMarks({ visits }: { visits: Visits }): ReactNode {
  const { t } = useLanguage();
  const [meant, setMeant] = useState<Mark | undefined>(undefined);
  if (visits.marks.length === 0) return <p className="empty">{t(venueDayMessages.noMarks)}</p>;
  return (
    <>
      <ul className="booked-list">
        {visits.marks.map((mark) => (
          <li key={mark.confirmationNumber}>
            <span className="figures">{mark.startsAt}</span>
            <strong className="figures">{mark.confirmationNumber}</strong>
            <Badge tone={mark.outcome === 'attended' ? 'good' : 'warn'}>
              {t(attendanceNames[mark.outcome])}
            </Badge>
            <Button
              aria-label={t(venueDayMessages.correctTitle, { number: mark.confirmationNumber })}
              onClick={() => setMeant(mark)}
            >
              {t(venueDayMessages.correct)}
            </Button>
          </li>
        ))}
      </ul>
      {meant === undefined ? null : (
        <CorrectDialog mark={meant} visits={visits} onClose={() => setMeant(undefined)} />
      )}
    </>
  );
}

type CorrectDialogProps = { mark: Mark; visits: Visits; onClose: () => void };

function CorrectDialog({ mark, visits, onClose }: CorrectDialogProps): ReactNode {
  const { t } = useLanguage();
  const others = OUTCOMES.filter((outcome) => outcome !== mark.outcome);
  const [outcome, setOutcome] = useState<AttendanceOutcome>(others[0] ?? 'attended');
  const { failure } = visits;
  return (
    <FormDialog
      title={t(venueDayMessages.correctTitle, { number: mark.confirmationNumber })}
      action={t(venueDayMessages.record)}
      busy={visits.busy}
      problem={typeof failure === 'object' ? failure : undefined}
      onClose={onClose}
      onSubmit={async () => {
        if ((await visits.correct(mark, { outcome })) === true) onClose();
      }}
    >
      <OutcomeChoices value={outcome} outcomes={others} onChoose={setOutcome} focusFirst />
    </FormDialog>
  );
}
