import { PURPOSES_OF_CASE } from '@madoguchi/contracts/roles';
import type { Purpose } from '@madoguchi/contracts/roles';
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
import type { DeskConditionsState } from './use-desk-conditions.ts';
import { useVerification } from './use-verification.ts';
import { VerificationForm } from './verification-form.tsx';

type VerificationPanelProps = {
  current: CaseOnDesk | undefined;
  active: boolean;
  /** What the supervisor desk has to have first; absent elsewhere. */
  desk: DeskConditionsState | undefined;
  state: Verification | undefined;
  verifiedPurpose: Purpose | undefined;
  /** Grows each time the panel is asked to take the focus. */
  focusTurn: number;
  onRefer: () => void;
};

export function VerificationPanel(props: VerificationPanelProps): ReactNode {
  const { current, desk, active, verifiedPurpose, focusTurn, onRefer } = props;
  const { t } = useLanguage();
  const gateway = useGateway();
  const form = useVerification(
    {
      search: gateway.searchCandidates,
      verify: async (request) => {
        if (desk === undefined) return gateway.verifyPerson(request);
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
  // At the desk the reason comes first: nothing goes without it.
  const focusFirst = (): void =>
    desk === undefined
      ? focusPurpose()
      : area.current?.querySelector<HTMLElement>('input:not([readonly])')?.focus();
  useFocusOnArrival(active && here, focusFirst);
  useFocusOnTurn(focusTurn, focusPurpose);
  // Once a second person is asked, what the caller says is typed meanwhile.
  useFocusOnArrival(active && here && desk?.approval?.state === 'pending', focusPurpose);

  const state = form.answer ?? props.state;
  const tries = state?.triesLeft;
  return (
    <Panel
      title={t(desk !== undefined ? verificationMessages.deskTitle : verificationMessages.title)}
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
        {desk === undefined ? null : <DeskConditions desk={desk} />}
        <fieldset className="verification__fields" disabled={!here}>
          <VerificationForm
            purposes={PURPOSES_OF_CASE[current?.kind ?? 'call']}
            {...{ form, state, verifiedPurpose, proxyOpen, setProxyOpen, onRefer }}
            ready={desk === undefined || desk.ready}
          />
        </fieldset>
      </div>
    </Panel>
  );
}

/** Brings the focus here when something else is done with it. */
function useFocusOnTurn(turn: number, focus: () => void): void {
  const run = useEffectEvent(focus);
  useEffect(() => {
    if (turn > 0) run();
  }, [turn]);
}

/** Brings the focus to the first thing to do when a case appears and nobody is typing elsewhere. */
function useFocusOnArrival(here: boolean, focus: () => void): void {
  const run = useEffectEvent(focus);
  useEffect(() => {
    if (here && document.activeElement === document.body) run();
  }, [here]);
}
