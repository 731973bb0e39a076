import { useState } from 'react';
import type { ReactNode } from 'react';
import { missingCharacters } from '../call-desk/reason-length.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Notice } from '../design/notice.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import type { Problem } from '../gateway/answer.ts';
import type { CaseOnDesk, LeftOut } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { registerMessages } from '../messages/register-messages.ts';
import { besidesCode, useFreshCode } from '../sign-in/use-fresh-code.tsx';
import { DeskConditions } from '../verification/desk-conditions.tsx';
import { useDeskConditions } from '../verification/use-desk-conditions.ts';
import type { DeskConditionsState } from '../verification/use-desk-conditions.ts';
import { isOtherwiseBusy, useDeskCase } from './use-desk-case.ts';

type OpenLeftOutDialogProps = {
  item: LeftOut;
  current: CaseOnDesk | undefined;
  onOpened: () => void;
  onClose: () => void;
};

/** The way of the desk to one who was left out: case, reason, fresh code, second person, and then the record. */
export function OpenLeftOutDialog(props: OpenLeftOutDialogProps): ReactNode {
  const { item, current, onOpened, onClose } = props;
  const { t } = useLanguage();
  const deskCase = useDeskCase(current);
  const [ownCase, setOwnCase] = useState(
    current?.state === 'referred' && current.openedByHand ? current.caseId : undefined,
  );
  const conditions = useDeskConditions({ kind: 'desk-verification', caseId: ownCase });
  const opening = useOpening({ item, conditions, onOpened });

  const start = async (): Promise<void> => {
    const caseId = await deskCase.ensure(conditions.reason.trim());
    if (caseId === undefined) return;
    setOwnCase(caseId);
    await conditions.ask(caseId);
  };
  const otherwiseBusy = ownCase === undefined && isOtherwiseBusy(current);
  return (
    <Dialog title={t(registerMessages.openTitle)} onClose={onClose}>
      <p>{t(registerMessages.openLead)}</p>
      {otherwiseBusy ? <Notice tone="warn">{t(registerMessages.openBusyCase)}</Notice> : null}
      <DeskConditions
        desk={conditions}
        {...(ownCase === undefined
          ? {
              start: {
                name: registerMessages.openStart,
                busy: deskCase.busy || otherwiseBusy || missingCharacters(conditions.reason) > 0,
                run: start,
              },
            }
          : {})}
      />
      <ProblemNotice problem={deskCase.problem ?? opening.problem} />
      <div className="dialog__actions">
        <Button hint="Esc" onClick={onClose}>
          {t(general.close)}
        </Button>
        <Button kind="primary" busy={opening.busy || !conditions.ready} onClick={opening.open}>
          {t(registerMessages.openNow)}
        </Button>
      </div>
      {opening.codeDialog}
    </Dialog>
  );
}

type Opening = {
  item: LeftOut;
  conditions: DeskConditionsState;
  onOpened: () => void;
};

/** Opens with the approval that is there; asks for the code again where it is no longer fresh. */
function useOpening({ item, conditions, onOpened }: Opening) {
  const gateway = useGateway();
  const code = useFreshCode();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const open = async (): Promise<void> => {
    const { approvalId, reason } = conditions;
    if (approvalId === undefined || busy) return;
    const request = {
      itemId: item.itemId,
      purpose: 'application',
      reason: reason.trim(),
      approvalId,
    } as const;
    const answer = await code.withCode(async () => {
      setBusy(true);
      const given = await gateway.openLeftOut(request);
      setBusy(false);
      return given;
    });
    if (answer?.ok === true) onOpened();
    else setProblem(besidesCode(answer?.problem));
  };
  return {
    busy,
    problem,
    open: () => void open(),
    codeDialog: code.dialog,
  };
}
