import type { ReactNode } from 'react';
import { SelectField } from '../design/field.tsx';
import { contextMessages } from '../messages/call-messages.ts';
import { groupMessages } from '../messages/group-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { bookingMessages } from '../messages/task-messages.ts';
import type { Member } from './members.ts';

/** As many doses as any programme has counted so far. */
const MOST_DOSES = 10;

type MemberDoseProps = { member: Member; onDose: (doseNumber: number) => void };

/** Which dose somebody comes for. */
export function MemberDose({ member, onDose }: MemberDoseProps): ReactNode {
  const { t } = useLanguage();
  const { name, doseNumber } = member;
  return (
    <SelectField
      label={t(bookingMessages.dose)}
      aria-label={t(groupMessages.memberDose, { name })}
      value={String(doseNumber)}
      onText={(text) => onDose(Number(text))}
      options={Array.from({ length: MOST_DOSES }, (_, index) => ({
        value: String(index + 1),
        label: t(contextMessages.dose, { number: index + 1 }),
      }))}
    />
  );
}
