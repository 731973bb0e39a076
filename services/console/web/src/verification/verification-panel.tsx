import { PURPOSES_OF_CASE } from '@madoguchi/contracts/roles';
import type { Purpose, Role } from '@madoguchi/contracts/roles';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Badge } from '../design/badge.tsx';
import { Panel } from '../design/panel.tsx';
import type { CaseOnDesk, Verification } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { SHORTCUTS } from '../keyboard/shortcuts.ts';
import { useShortcut } from '../keyboard/use-shortcut.ts';
import { verificationMessages } from '../messages/call-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { DeskConditions } from './desk-conditions.tsx';
import { useDeskConditions } from './use-desk-conditions.ts';
import { useVerification } from './use-verification.ts';
import { VerificationForm } from './verification-form.tsx';

type VerificationPanelProps = {
  current: CaseOnDesk | undefined;
  role: Role;
  active: boolean;
  state: Verification | undefined;
  verifiedPurpose: Purpose | undefined;
  onRefer: () => void;
};

const DESK_ROLES: readonly Role[] = ['senior-operator', 'city-staff'];

export function VerificationPanel(props: VerificationPanelProps): ReactNode {
  const { current, role, active, verifiedPurpose, onRefer } = props;
  const { t } = useLanguage();
  const gateway = useGateway();
  const atDesk = current?.state === 'referred' && DESK_ROLES.includes(role);
  const desk = useDeskConditions(atDesk ? current.caseId : undefined);
  const form = useVerification(
    {
      search: gateway.searchCandidates,
      verify: async (request) => {
        if (!atDesk) return gateway.verifyPerson(request);
        return gateway.verifyAtDesk({
          ...request,
          reason: desk.reason.trim(),
          approvalId: desk.approvalId ?? '',
        });
      },
    },
    verifiedPurpose ?? (current?.workItemId === undefined ? 'reservation' : 'outreach'),
  );
  const [proxyOpen, setProxyOpen] = useState(false);
  const area = useRef<HTMLDivElement>(null);
  const focusPurpose = (): void =>
    area.current?.querySelector<HTMLElement>('input[type="radio"]:checked')?.focus();
  const here = current !== undefined && current.state !== 'closed';
  useShortcut('verification', focusPurpose, active && here);
  useFocusOnArrival(active && here, focusPurpose);

  const state = form.answer ?? props.state;
  const tries = state?.triesLeft;
  return (
    <Panel
      title={t(atDesk ? verificationMessages.deskTitle : verificationMessages.title)}
      hint={SHORTCUTS.verification.label}
      place="verification"
      aside={
        tries === undefined || verifiedPurpose !== undefined ? undefined : (
          <Badge tone={tries > 1 ? 'plain' : 'warn'}>
            {t(verificationMessages.triesLeft, { count: tries })}
          </Badge>
        )
      }
    >
      <div className="verification__area" ref={area}>
        {atDesk ? <DeskConditions desk={desk} /> : null}
        <fieldset className="verification__fields" disabled={!here}>
          <VerificationForm
            purposes={PURPOSES_OF_CASE[current?.kind ?? 'call']}
            {...{ form, state, verifiedPurpose, proxyOpen, setProxyOpen, onRefer }}
            ready={!atDesk || desk.ready}
          />
        </fieldset>
      </div>
    </Panel>
  );
}

/** Brings the focus to the first thing to do when a case appears and nobody is typing elsewhere. */
function useFocusOnArrival(here: boolean, focus: () => void): void {
  const run = useEffectEvent(focus);
  useEffect(() => {
    if (here && document.activeElement === document.body) run();
  }, [here]);
}
