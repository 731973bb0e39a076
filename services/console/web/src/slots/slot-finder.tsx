import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import { shortDay } from '../format/dates.ts';
import type { Problem } from '../gateway/answer.ts';
import type { Slot, SlotsFound } from '../gateway/contract-types.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { bookingMessages } from '../messages/task-messages.ts';
import { SlotFilters } from './slot-filters.tsx';
import { SlotList } from './slot-list.tsx';
import type { SlotSearchState } from './use-slot-search.ts';

type SlotFinderProps = {
  search: SlotSearchState;
  doses: readonly number[];
  fixedDose?: boolean;
  hint: string;
  /** Why the last choice of a slot was refused. */
  problem: Problem | undefined;
  onChoose: (slot: Slot) => void;
};

/** Filters above, slots below, and the sentences to read out between them. */
export function SlotFinder(props: SlotFinderProps): ReactNode {
  const { search, doses, fixedDose = false, hint, problem, onChoose } = props;
  const { t } = useLanguage();
  const { found } = search;
  return (
    <div className="slot-finder">
      <SlotFilters {...{ search, doses, fixedDose }} />
      <ProblemNotice problem={problem ?? search.problem} />
      {found === undefined ? (
        <p className="empty">{t(general.loading)}</p>
      ) : (
        <>
          <Reasons
            found={found}
            searchedFrom={search.criteria.from}
            onFrom={(from) => void search.find({ from })}
          />
          {found.slots.length === 0 ? (
            <Notice>{t(bookingMessages[widerHelps(found) ? 'nothingFree' : 'noneOfThese'])}</Notice>
          ) : (
            <SlotList
              slots={found.slots}
              {...(found.nextCursor === undefined ? {} : { onMore: () => void search.more() })}
              asked={search.asked}
              returnTo={search.returnTo}
              {...{ hint, onChoose }}
            />
          )}
        </>
      )}
    </div>
  );
}

/** Seats that are gone are found elsewhere; what stands against the person stands against them everywhere. */
const widerHelps = ({ reasons }: SlotsFound): boolean =>
  reasons.every(({ code }) => code.startsWith('slot_') || code === 'channel_quota_reached');

function Reasons({
  found,
  searchedFrom,
  onFrom,
}: {
  found: SlotsFound;
  searchedFrom: string;
  onFrom: (from: string) => void;
}): ReactNode {
  const { language, t } = useLanguage();
  const { reasons, earliestDate } = found;
  if (reasons.length === 0) return null;
  return (
    <Notice tone="warn">
      <p className="read-out">
        <span className="read-out__tag">{t(bookingMessages.readOut)}</span>
        {reasons.map(({ code, sentence }) => (
          <span key={code + sentence.ja}>{sentence[language]}</span>
        ))}
      </p>
      {/* A day that was searched already is no way out. */}
      {earliestDate === undefined || earliestDate === searchedFrom ? null : (
        <p className="row">
          {t(bookingMessages.earliest, { date: shortDay(earliestDate, language) })}
          <Button kind="quiet" onClick={() => onFrom(earliestDate)}>
            {t(bookingMessages.fromEarliest)}
          </Button>
        </p>
      )}
    </Notice>
  );
}
