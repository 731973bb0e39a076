import type { Purpose } from '@madoguchi/contracts/roles';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Badge } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { SelectField } from '../design/field.tsx';
import { contextMessages } from '../messages/call-messages.ts';
import { groupMessages } from '../messages/group-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { bookingMessages } from '../messages/task-messages.ts';
import { AddMemberDialog } from './add-member-dialog.tsx';
import type { Choice, Member } from './members.ts';

/** As many doses as any programme has counted so far. */
const MOST_DOSES = 10;

type MemberListProps = {
  members: readonly Member[];
  purpose: Purpose;
  mayAdd: boolean;
  onSet: (residentId: string, choice: Choice) => void;
};

export function MemberList({ members, purpose, mayAdd, onSet }: MemberListProps): ReactNode {
  const { t } = useLanguage();
  const [adding, setAdding] = useState(false);
  return (
    <section className="stack stack--tight" aria-labelledby="members-title">
      <div className="row row--spread">
        <h3 id="members-title">{t(groupMessages.members)}</h3>
        {mayAdd ? (
          <Button data-first-focus onClick={() => setAdding(true)}>
            {t(groupMessages.addMember)}
          </Button>
        ) : null}
      </div>
      <p className="soft">{t(groupMessages.membersLead)}</p>
      <ul className="members">
        {members.map((member) => (
          <MemberRow key={member.residentId} {...{ member, onSet }} />
        ))}
      </ul>
      {adding ? <AddMemberDialog purpose={purpose} onClose={() => setAdding(false)} /> : null}
    </section>
  );
}

function MemberRow({ member, onSet }: { member: Member } & Pick<MemberListProps, 'onSet'>) {
  const { t } = useLanguage();
  const { residentId, name, doseNumber, comes } = member;
  const word = t(comes ? groupMessages.memberOut : groupMessages.memberIn);
  return (
    <li>
      <strong>{name}</strong>
      {comes ? (
        <SelectField
          label={t(bookingMessages.dose)}
          aria-label={t(groupMessages.memberDose, { name })}
          value={String(doseNumber)}
          onText={(text) => onSet(residentId, { doseNumber: Number(text) })}
          options={Array.from({ length: MOST_DOSES }, (_, index) => ({
            value: String(index + 1),
            label: t(contextMessages.dose, { number: index + 1 }),
          }))}
        />
      ) : (
        <Badge>{t(groupMessages.memberOut)}</Badge>
      )}
      <Button
        kind="quiet"
        aria-label={`${word} ${name}`}
        onClick={() => onSet(residentId, { comes: !comes })}
      >
        {word}
      </Button>
    </li>
  );
}
