import type { ReactNode } from 'react';
import { SelectField } from '../design/field.tsx';
import type { Offer } from '../gateway/contract-types.ts';
import { contextMessages } from '../messages/call-messages.ts';
import { groupMessages } from '../messages/group-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { bookingMessages } from '../messages/task-messages.ts';
import { dosesOnOffer } from '../slots/doses-on-offer.ts';
import type { Member } from './members.ts';

type MemberDoseProps = {
  member: Member;
  offer: Offer | undefined;
  /** Leaves the label to screen readers, where rows of these stand below each other. */
  quietLabel?: boolean;
  onDose: (doseNumber: number) => void;
};

/** Which dose somebody comes for, of those that there are. */
export function MemberDose({ member, offer, quietLabel, onDose }: MemberDoseProps): ReactNode {
  const { t } = useLanguage();
  const { name, doseNumber } = member;
  return (
    <SelectField
      label={t(bookingMessages.dose)}
      aria-label={t(groupMessages.memberDose, { name })}
      value={String(doseNumber)}
      onText={(text) => onDose(Number(text))}
      {...(quietLabel === undefined ? {} : { quietLabel })}
      options={dosesOnOffer(offer, doseNumber).map((dose) => ({
        value: String(dose),
        label: t(contextMessages.dose, { number: dose }),
      }))}
    />
  );
}
