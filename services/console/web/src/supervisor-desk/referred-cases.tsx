import { useEffect, useRef } from 'react';
import type { ReactNode, RefObject } from 'react';
import { Button } from '../design/button.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import { dayAndTime } from '../format/dates.ts';
import { shortId } from '../format/numbers.ts';
import type { ReferReason, ReferredCase } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import type { QueryState } from '../gateway/use-query.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { referReasonNames } from '../messages/names.ts';
import { auditMessages, deskMessages } from '../messages/task-messages.ts';

type ReferredCasesProps = {
  cases: QueryState<{ cases: ReferredCase[] }>;
  nameOf: (operatorId: string) => string;
  operatorId: string;
  onTaken: () => void;
};

export function ReferredCases({
  cases,
  nameOf,
  operatorId,
  onTaken,
}: ReferredCasesProps): ReactNode {
  const { language, t } = useLanguage();
  const gateway = useGateway();
  const take = useCommand(gateway.takeReferredCase);
  const list = cases.value?.cases;
  const takeCase = async (caseId: string): Promise<void> => {
    const answer = await take.run({ caseId });
    cases.reload();
    if (answer?.ok === true) onTaken();
  };
  const table = useFocusOnCase(list?.length ?? 0);
  if (list === undefined && cases.problem === undefined)
    return <p className="empty">{t(general.loading)}</p>;
  return (
    <div className="stack">
      <ProblemNotice problem={take.problem ?? cases.problem} />
      {list === undefined ? null : list.length === 0 ? (
        <p className="empty">{t(deskMessages.noCases)}</p>
      ) : (
        <table className="table" ref={table}>
          <thead>
            <tr>
              <th scope="col">{t(auditMessages.case)}</th>
              <th scope="col">{t(deskMessages.referredAt)}</th>
              <th scope="col">{t(deskMessages.referredBy)}</th>
              <th scope="col">{t(deskMessages.reason)}</th>
              <th scope="col">{t(deskMessages.takenBy)}</th>
            </tr>
          </thead>
          <tbody>
            {list.map((item) => (
              <tr key={item.caseId}>
                <td>{shortId(item.caseId)}</td>
                <td>{dayAndTime(item.referredAt, language)}</td>
                <td>{nameOf(item.referredBy)}</td>
                <td>{reasonText(item.reason, t)}</td>
                <td>
                  {item.takenBy === undefined ? (
                    <Button
                      busy={take.busy}
                      aria-label={`${t(deskMessages.take)} ${shortId(item.caseId)}`}
                      onClick={() => void takeCase(item.caseId)}
                    >
                      {t(deskMessages.take)}
                    </Button>
                  ) : item.takenBy === operatorId ? (
                    <Button kind="quiet" onClick={onTaken}>
                      {t(deskMessages.goToCase)}
                    </Button>
                  ) : (
                    nameOf(item.takenBy)
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

/** The first case takes the focus when there is one; whoever decides something else is left where they are. */
function useFocusOnCase(count: number): RefObject<HTMLTableElement | null> {
  const table = useRef<HTMLTableElement>(null);
  const any = count > 0;
  useEffect(() => {
    if (any && document.activeElement?.matches('[data-refresh], body') === true)
      table.current?.querySelector('button')?.focus();
  }, [any]);
  return table;
}

function reasonText(reason: string, t: ReturnType<typeof useLanguage>['t']): string {
  return Object.hasOwn(referReasonNames, reason)
    ? t(referReasonNames[reason as ReferReason])
    : reason;
}
