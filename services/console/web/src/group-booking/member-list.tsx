import type { Purpose } from '@madoguchi/contracts/roles';
import type { ReactNode } from 'react';
import { Badge } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import type { Offer } from '../gateway/contract-types.ts';
import { groupMessages } from '../messages/group-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { AddMember } from './add-member.tsx';
import { MemberDose } from './member-dose.tsx';
import type { Choice, Member } from './members.ts';

type MemberListProps = {
  members: readonly Member[];
  offer: Offer | undefined;
  purpose: Purpose;
  mayAdd: boolean;
  onSet: (residentId: string, choice: Choice) => void;
};

export function MemberList({ members, offer, purpose, mayAdd, onSet }: MemberListProps): ReactNode {
  const { t } = useLanguage();
  const coming = members.filter(({ comes }) => comes).length;
  return (
    <section className="stack stack--tight" aria-labelledby="members-title">
      <div className="row row--spread">
        <h3 id="members-title">
          {t(groupMessages.members)} {t(groupMessages.memberCount, { count: coming })}
        </h3>
        {mayAdd ? <AddMember {...{ purpose }} first={members.length === 1} /> : null}
      </div>
      <p className="soft">{t(groupMessages.membersLead)}</p>
      <ul className="members">
        {members.map((member) => (
          <MemberRow key={member.residentId} {...{ member, offer, onSet }} />
        ))}
      </ul>
    </section>
  );
}

type MemberRowProps = { member: Member } & Pick<MemberListProps, 'offer' | 'onSet'>;

function MemberRow({ member, offer, onSet }: MemberRowProps): ReactNode {
  const { t } = useLanguage();
  const { residentId, name, comes } = member;
  const word = t(comes ? groupMessages.memberOut : groupMessages.memberIn);
  return (
    <li>
      <strong>{name}</strong>
      {comes ? (
        <MemberDose
          {...{ member, offer }}
          quietLabel
          onDose={(dose) => onSet(residentId, { doseNumber: dose })}
        />
      ) : (
        <Badge>{t(groupMessages.leftOut)}</Badge>
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
