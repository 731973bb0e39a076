import { exportOfSelection } from '@madoguchi/contracts/export-selections';
import type { ExportMeant } from '@madoguchi/contracts/export-selections';
import { changeOfSelection } from '@madoguchi/contracts/session-changes';
import type { ReactNode } from 'react';
import { ProblemNotice } from '../design/problem-notice.tsx';
import { dayAndTime, longDay } from '../format/dates.ts';
import { shortId } from '../format/numbers.ts';
import type { Approval, ReferReason, ReferredCase } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useQuery } from '../gateway/use-query.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { caseKindNames, referReasonNames } from '../messages/names.ts';
import { approvalMeanings, secondPersonMessages } from '../messages/second-person-messages.ts';
import { auditMessages, deskMessages } from '../messages/task-messages.ts';
import { SessionChangeFacts } from '../sessions/session-change-facts.tsx';
import { useSessionChange } from '../sessions/use-session-change.ts';

type ApprovalSubjectProps = {
  approval: Approval;
  cases: readonly ReferredCase[];
  nameOf: (operatorId: string) => string;
};

/** What exactly a yes would allow: enough to decide by, and nobody's name among the residents. */
export function ApprovalSubject({ approval, cases, nameOf }: ApprovalSubjectProps): ReactNode {
  const { t } = useLanguage();
  const { kind, selection = '', caseId } = approval;
  const changeId = changeOfSelection(selection);
  const list = exportOfSelection(selection);
  return (
    <>
      <p className="soft">{t(approvalMeanings[kind])}</p>
      {changeId === undefined ? null : <ChangeSubject changeId={changeId} />}
      {list === undefined ? null : <ExportSubject list={list} />}
      {caseId === undefined ? null : <CaseSubject {...{ caseId, cases, nameOf }} />}
    </>
  );
}

function ChangeSubject({ changeId }: { changeId: string }): ReactNode {
  const { t } = useLanguage();
  const shown = useSessionChange(changeId);
  if (shown.value !== undefined) return <SessionChangeFacts view={shown.value.change} />;
  return shown.problem === undefined ? (
    <p className="empty">{t(general.loading)}</p>
  ) : (
    <ProblemNotice problem={shown.problem} />
  );
}

function ExportSubject({ list }: { list: ExportMeant }): ReactNode {
  const { language, t } = useLanguage();
  switch (list.what) {
    case 'day-sheet':
      return <DaySheetSubject venueCode={list.venueCode} day={list.day} />;
    case 'mailing': {
      const from = longDay(list.bornFrom, language);
      const to = longDay(list.bornTo, language);
      return (
        <ListFacts
          name={t(secondPersonMessages.mailing)}
          extent={t(secondPersonMessages.mailingOf, { from, to })}
        />
      );
    }
    case 'notices-run':
      return (
        <ListFacts
          name={t(secondPersonMessages.noticesRun)}
          extent={t(secondPersonMessages.noticesRunOf, { count: list.limit })}
        />
      );
  }
}

function ListFacts({ name, extent }: { name: string; extent: string }): ReactNode {
  const { t } = useLanguage();
  return (
    <dl className="facts">
      <dt>{t(secondPersonMessages.list)}</dt>
      <dd>
        {name} {extent}
      </dd>
    </dl>
  );
}

/** Which venue's list of which day, and how many people would stand on it. */
function DaySheetSubject({ venueCode, day }: { venueCode: string; day: string }): ReactNode {
  const { language, t } = useLanguage();
  const gateway = useGateway();
  const offer = useQuery(() => gateway.listVenues({}));
  const sessions = useQuery(() => gateway.listSessions({ venueCode, from: day, to: day }));
  const venue = offer.value?.venues.find((one) => one.venueCode === venueCode);
  const booked = sessions.value?.sessions.reduce((sum, one) => sum + one.booked, 0);
  const people =
    booked === undefined ? '' : `・${t(secondPersonMessages.bookedOnDay, { count: booked })}`;
  return (
    <ListFacts
      name={t(secondPersonMessages.daySheet)}
      extent={`${venue?.name[language] ?? venueCode} ${longDay(day, language)}${people}`}
    />
  );
}

type CaseSubjectProps = Omit<ApprovalSubjectProps, 'approval'> & { caseId: string };

/** The case as the desk knows it: how it came there, and who works on it. */
function CaseSubject({ caseId, cases, nameOf }: CaseSubjectProps): ReactNode {
  const { language, t } = useLanguage();
  const found = cases.find((one) => one.caseId === caseId);
  return (
    <dl className="facts">
      <dt>{t(auditMessages.case)}</dt>
      <dd>
        {shortId(caseId)}
        {found === undefined ? '' : `・${t(caseKindNames[found.kind])}`}
      </dd>
      {found === undefined ? (
        <dd>{t(secondPersonMessages.caseNotHere)}</dd>
      ) : (
        <>
          <dt>{t(deskMessages.referredAt)}</dt>
          <dd className="figures">{dayAndTime(found.referredAt, language)}</dd>
          <dt>{t(deskMessages.referredBy)}</dt>
          <dd>
            {nameOf(found.referredBy)}(
            {t(referReasonNames[found.reason as ReferReason] ?? general.other)})
          </dd>
        </>
      )}
    </dl>
  );
}
