import type { Role } from '@madoguchi/contracts/roles';
import type { ReactNode } from 'react';
import type { Verified } from '../gateway/contract-types.ts';
import { useLanguage } from '../messages/language.tsx';
import { registerMessages } from '../messages/register-messages.ts';
import { PersonLists } from '../priority-lists/person-lists.tsx';
import { LiftProtection } from './lift-protection.tsx';
import { ProtectPerson } from './protect-person.tsx';
import { ResidencyQuestion } from './residency-question.tsx';

type RegisterTaskProps = {
  verified: Verified;
  caseId: string;
  role: Role;
  /** The person was opened by the way of the supervisor desk. */
  atDesk: boolean;
  onProtected: () => void;
};

/** Whom policy shows how somebody moved; others know only whether they live here today. */
const MAY_ASK_RESIDENCY: readonly Role[] = ['city-staff'];
const MAY_KEEP_LISTS: readonly Role[] = ['city-staff'];
const MAY_LIFT: readonly Role[] = ['senior-operator', 'city-staff'];

/** What the register itself can be asked and told about the verified person. */
export function RegisterTask(props: RegisterTaskProps): ReactNode {
  const { verified, caseId, role, atDesk, onProtected } = props;
  const { t } = useLanguage();
  const { residentId } = verified;
  return (
    <div className="register">
      {MAY_ASK_RESIDENCY.includes(role) ? <ResidencyQuestion residentId={residentId} /> : null}
      {MAY_KEEP_LISTS.includes(role) ? <PersonLists residentId={residentId} /> : null}
      <ProtectPerson {...{ residentId, atDesk, onProtected }} />
      {atDesk && MAY_LIFT.includes(role) ? (
        <LiftProtection {...{ residentId, caseId }} />
      ) : (
        <p className="empty">{t(registerMessages.liftAtDeskOnly)}</p>
      )}
    </div>
  );
}
