import { useState } from 'react';
import {
  addDays,
  calendarDate,
  parseCalendarDate,
  tokyoDate,
  tokyoInstant,
} from '@madoguchi/kernel/calendar-date';
import type { Problem } from '../gateway/answer.ts';
import type { ChainedEntry } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';

export type AuditFilter = { caseId: string; operatorId: string; day: string };

export type AuditEntriesState = {
  filter: AuditFilter;
  setFilter: (part: Partial<AuditFilter>) => void;
  entries: readonly ChainedEntry[] | undefined;
  hasMore: boolean;
  busy: boolean;
  /** Searches that have ended so far. */
  asked: number;
  problem: Problem | undefined;
  show: (filter?: AuditFilter) => Promise<void>;
  more: () => Promise<void>;
};

type Page = { entries: readonly ChainedEntry[]; nextCursor?: string | undefined };

export function useAuditEntries(): AuditEntriesState {
  const gateway = useGateway();
  const [filter, setFilter] = useState<AuditFilter>(() => ({
    caseId: '',
    operatorId: '',
    day: tokyoDate(new Date()),
  }));
  const [page, setPage] = useState<Page | undefined>(undefined);
  const [asked, setAsked] = useState(0);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);

  const ask = async (wanted: AuditFilter, after: Page | undefined): Promise<void> => {
    setBusy(true);
    const cursor = after?.nextCursor;
    const answer = await gateway.listAuditEntries({
      ...requestOf(wanted),
      ...(cursor === undefined ? {} : { cursor }),
    });
    setBusy(false);
    setProblem(answer.ok ? undefined : answer.problem);
    if (!answer.ok) return;
    const { entries, nextCursor } = answer.value;
    setPage({ entries: [...(after?.entries ?? []), ...entries], nextCursor });
  };
  return {
    filter,
    setFilter: (part) => setFilter((before) => ({ ...before, ...part })),
    entries: page?.entries,
    hasMore: page?.nextCursor !== undefined,
    busy,
    asked,
    problem,
    show: async (wanted = filter) => {
      setFilter(wanted);
      await ask(wanted, undefined);
      setAsked((count) => count + 1);
    },
    more: async () => ask(filter, page),
  };
}

function requestOf({ caseId, operatorId, day }: AuditFilter): {
  caseId?: string;
  operatorId?: string;
  from?: string;
  to?: string;
} {
  const id = caseId.trim().toLowerCase();
  const date = parseCalendarDate(day);
  return {
    ...(id === '' ? {} : { caseId: id }),
    ...(operatorId === '' ? {} : { operatorId }),
    ...(date === undefined
      ? {}
      : {
          from: tokyoInstant(date, '00:00').toISOString(),
          to: tokyoInstant(addDays(calendarDate(day), 1), '00:00').toISOString(),
        }),
  };
}
