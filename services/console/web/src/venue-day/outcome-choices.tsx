import type { ReactNode } from 'react';
import { Choices } from '../design/choices.tsx';
import type { AttendanceOutcome } from '../gateway/contract-types.ts';
import { useLanguage } from '../messages/language.tsx';
import { attendanceNames } from '../messages/names.ts';
import { venueDayMessages } from '../messages/venue-day-messages.ts';

export const OUTCOMES = Object.keys(attendanceNames) as AttendanceOutcome[];

type OutcomeChoicesProps = {
  value: AttendanceOutcome;
  /** Which there are to choose from; all of them where it is not said. */
  outcomes?: readonly AttendanceOutcome[];
  onChoose: (outcome: AttendanceOutcome) => void;
  focusFirst?: boolean;
};

/** How it went with a visitor, chosen by its digit. */
export function OutcomeChoices(props: OutcomeChoicesProps): ReactNode {
  const { value, outcomes = OUTCOMES, onChoose, focusFirst = false } = props;
  const { t } = useLanguage();
  return (
    <Choices
      label={t(venueDayMessages.outcome)}
      options={outcomes.map((one) => ({ value: one, label: t(attendanceNames[one]) }))}
      {...{ value, onChoose, focusFirst }}
      digits
    />
  );
}
