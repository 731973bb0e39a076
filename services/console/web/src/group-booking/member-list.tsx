import type { Purpose } from '@madoguchi/contracts/roles';
import type { ReactNode } from 'react';
import { Badge } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { groupMessages } from '../messages/group-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { AddMember } from './add-member.tsx';
import { MemberDose } from './member-dose.tsx';
import type { Choice, Member } from './members.ts';

type MemberListProps = {
  members: readonly Member[];
  purpose: Purpose;
  mayAdd: boolean;
  onSet: (residentId: string, choice: Choice) => void;
};

export function MemberList({ members, purpose, mayAdd, onSet }: MemberListProps): ReactNode {
  const { t } = useLanguage();
  return (
    <section className="stack stack--tight" aria-labelledby="members-title">
      <div className="row row--spread">
        <h3 id="members-title">{t(groupMessages.members)}</h3>
        {mayAdd ? <AddMember {...{ purpose }} /> : null}
      </div>
      <p className="soft">{t(groupMessages.membersLead)}</p>
      <ul className="members">
        {members.map((member) => (
          <MemberRow key={member.residentId} {...{ member, onSet }} />
        ))}
      </ul>
    </section>
  );
}

function MemberRow({ member, onSet }: { member: Member } & Pick<MemberListProps, 'onSet'>) {
  const { t } = useLanguage();
  const { residentId, name, comes } = member;
  const word = t(comes ? groupMessages.memberOut : groupMessages.memberIn);
  return (
    <li>
      <strong>{name}</strong>
      {comes ? (
        <MemberDose {...{ member }} onDose={(dose) => onSet(residentId, { doseNumber: dose })} />
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
