import type { Role } from '@madoguchi/contracts/roles';
import type { ReactNode } from 'react';
import type { Live } from '../gateway/use-context-document.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { CaseDesk } from './case-desk.tsx';

type CallDeskProps = { live: Live; role: Role; active: boolean };

/**
 * The desk of one operator. Keyed by the case: a new case starts with empty fields, and nothing of the
 * one before stays in memory.
 */
export function CallDesk({ live, role, active }: CallDeskProps): ReactNode {
  const { t } = useLanguage();
  const caseId = live.document?.case?.caseId;
  return (
    <div className="call-desk" hidden={!active}>
      <h1 className="visually-hidden">{t(general.callDesk)}</h1>
      <CaseDesk key={caseId ?? 'idle'} document={live.document} role={role} active={active} />
    </div>
  );
}
