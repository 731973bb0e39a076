import type { ReactNode } from 'react';
import { missingCharacters } from '../call-desk/reason-length.ts';
import { WrittenReason } from '../call-desk/written-reason.tsx';
import { Badge } from '../design/badge.tsx';
import type { Tone } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import { dayAndTime } from '../format/dates.ts';
import type { Approval } from '../gateway/contract-types.ts';
import { useLanguage } from '../messages/language.tsx';
import type { Message } from '../messages/message.ts';
import { deskMessages } from '../messages/task-messages.ts';
import type { DeskConditionsState } from './use-desk-conditions.ts';

const STATES: Record<Approval['state'], { name: Message; tone: Tone }> = {
  pending: { name: deskMessages.approvalPending, tone: 'key' },
  approved: { name: deskMessages.approvalGiven, tone: 'good' },
  rejected: { name: deskMessages.approvalRejected, tone: 'bad' },
  expired: { name: deskMessages.approvalExpired, tone: 'warn' },
  used: { name: deskMessages.approvalUsed, tone: 'warn' },
};

type DeskConditionsProps = {
  desk: DeskConditionsState;
  /** What is done instead of asking at once, e.g. opening the case that the approval is for. */
  start?: { name: Message; busy: boolean; run: () => Promise<void> };
};

/** Reason, fresh code and a second person: what the supervisor desk asks for before it acts. */
export function DeskConditions({ desk, start }: DeskConditionsProps): ReactNode {
  const { language, t } = useLanguage();
  const { approval } = desk;
  const asked = approval !== undefined && ['pending', 'approved'].includes(approval.state);
  const missing = missingCharacters(desk.reason);
  const state = approval === undefined ? undefined : STATES[approval.state];
  return (
    <div className="desk-conditions">
      <div className="row row--spread">
        <h3 className="field__label">{t(deskMessages.secondPerson)}</h3>
        <Badge tone={state?.tone ?? 'plain'}>
          {t(state?.name ?? deskMessages.approvalNone)}
          {approval?.usedAt === undefined ? '' : ` ${dayAndTime(approval.usedAt, language)}`}
        </Badge>
      </div>
      <WrittenReason value={desk.reason} onText={desk.setReason} readOnly={asked} />
      {asked ? null : (
        <div className="row row--end">
          <Button
            busy={desk.busy || missing > 0 || start?.busy === true}
            onClick={() => void (start === undefined ? desk.ask() : start.run())}
          >
            {t(start?.name ?? deskMessages.approvalAsk)}
          </Button>
        </div>
      )}
      <ProblemNotice problem={desk.problem} />
      {desk.codeDialog}
    </div>
  );
}
