import type { ContextDocument } from '@madoguchi/contracts';
import type { Role } from '@madoguchi/contracts/roles';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useOwnItem } from '../callbacks/use-own-item.ts';
import { PersonStrip } from '../context/person-strip.tsx';
import { SidePanels } from '../context/side-panels.tsx';
import { ProtectedDialog } from '../register/protected-dialog.tsx';
import type { Verified } from '../gateway/contract-types.ts';
import { useShortcut } from '../keyboard/use-shortcut.ts';
import { useDeskConditions } from '../verification/use-desk-conditions.ts';
import { VerificationPanel } from '../verification/verification-panel.tsx';
import { CallBanner } from './call-banner.tsx';
import { OpenCaseDialog } from './open-case-dialog.tsx';
import { ReferDialog } from './refer-dialog.tsx';
import { useTask } from './use-task.ts';
import { WorkArea } from './work-area.tsx';

type CaseDeskProps = { document: ContextDocument | undefined; role: Role; active: boolean };

const DESK_ROLES: readonly Role[] = ['senior-operator', 'city-staff'];
const NOBODY: readonly Verified[] = [];

export function CaseDesk({ document, role, active }: CaseDeskProps): ReactNode {
  const { case: current, verified } = document ?? {};
  const [dialog, setDialog] = useState<'open' | 'refer' | 'protected' | undefined>(undefined);
  const outbound = current?.workItemId;
  const own = useOwnItem(outbound);
  const atDesk = current?.state === 'referred' && DESK_ROLES.includes(role);
  const caseId = atDesk ? current.caseId : undefined;
  const conditions = useDeskConditions({ kind: 'desk-verification', caseId });
  const desk = atDesk ? conditions : undefined;
  const { task, choose, focusTurn } = useTask(
    verified?.purpose,
    outbound !== undefined,
    own.item?.kind,
  );
  const [verifyTurn, setVerifyTurn] = useState(0);
  const live = current !== undefined && current.state !== 'closed';

  useShortcut('callback', () => choose('callback'), active && outbound !== undefined);
  useShortcut('booking', () => choose('booking'), active);
  useShortcut('change', () => choose('change'), active);
  useShortcut('reissue', () => choose('reissue'), active);
  useShortcut('register', () => choose('register'), active);
  useShortcut('finish', () => choose('finish'), active && live);
  const referable = current?.state === 'open' || current?.state === 'wrap-up';
  useShortcut('refer', () => setDialog('refer'), active && referable);

  return (
    <>
      <CallBanner
        {...{ current }}
        onRecord={document?.numberOnRecord}
        onOpenByHand={() => setDialog('open')}
        onRefer={() => setDialog('refer')}
        onFinish={() => choose('finish')}
      />
      <VerificationPanel
        {...{ current, desk, active }}
        focusTurn={verifyTurn}
        state={document?.verification}
        verifiedPurpose={verified?.purpose}
        onRefer={() => setDialog('refer')}
      />
      <PersonStrip verified={verified} />
      <WorkArea
        {...{ current, verified, own, desk, role, task, focusTurn }}
        party={document?.party ?? NOBODY}
        onTask={choose}
        onShown={() => setVerifyTurn(verifyTurn + 1)}
        onProtected={() => setDialog('protected')}
      />
      <SidePanels verified={verified} />
      {dialog === 'open' ? <OpenCaseDialog onClose={() => setDialog(undefined)} /> : null}
      {dialog === 'protected' ? (
        <ProtectedDialog
          {...(referable ? { onRefer: () => setDialog('refer') } : {})}
          onClose={() => {
            setDialog(undefined);
            // What stood below is gone with the person.
            setVerifyTurn(verifyTurn + 1);
          }}
        />
      ) : null}
      {dialog === 'refer' && current !== undefined ? (
        <ReferDialog
          caseId={current.caseId}
          closed={document?.verification?.outcome === 'closed'}
          onClose={() => setDialog(undefined)}
        />
      ) : null}
    </>
  );
}
