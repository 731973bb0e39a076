import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { SelectField } from '../design/field.tsx';
import { Notice } from '../design/notice.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import { useFocusOnMore } from '../design/use-focus-on-more.ts';
import { submitOnEnter } from '../design/submit-on-enter.ts';
import type { Problem } from '../gateway/answer.ts';
import type { GroupFound, Offer, Slot } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { groupMessages } from '../messages/group-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { bookingMessages } from '../messages/task-messages.ts';
import { VenueField } from '../sessions/venue-field.tsx';
import { RangeFields } from '../slots/range-fields.tsx';
import { SlotList } from '../slots/slot-list.tsx';
import type { GroupCriteria } from './group-criteria.ts';
import { groupSearchOf, SPANS } from './group-criteria.ts';
import type { Member } from './members.ts';

type FindForAllProps = {
  coming: readonly Member[];
  criteria: GroupCriteria;
  offer: Offer | undefined;
  nameOf: (residentId: string) => string;
  onCriteria: (part: Partial<GroupCriteria>) => void;
  onChoose: (slot: Slot) => void;
};

/** When and where all of them can come; what stands against a day is said by name. */
export function FindForAll(props: FindForAllProps): ReactNode {
  const { coming, criteria, offer, nameOf, onCriteria, onChoose } = props;
  const { t } = useLanguage();
  const gateway = useGateway();
  const [found, setFound] = useState<GroupFound | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState(0);
  const find = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const answer = await gateway.findGroupSlots(groupSearchOf(coming, criteria));
    setBusy(false);
    setProblem(answer.ok ? undefined : answer.problem);
    setFound(answer.ok ? answer.value : undefined);
    setAsked((count) => count + 1);
  };
  return (
    <>
      <GroupFilters {...{ coming, criteria, offer, busy, onCriteria }} onFind={() => void find()} />
      <ProblemNotice problem={problem} />
      {found === undefined ? null : <Reasons {...{ found, nameOf }} />}
      {found?.visits.length === 0 ? <Notice>{t(groupMessages.nothingForAll)}</Notice> : null}
      {found === undefined || found.visits.length === 0 ? null : (
        <SlotList
          slots={found.visits.map(({ slot, seats }) => ({ ...slot, free: seats }))}
          hint={t(groupMessages.groupHint)}
          {...{ asked, onChoose }}
        />
      )}
    </>
  );
}

type GroupFiltersProps = Pick<FindForAllProps, 'coming' | 'criteria' | 'offer' | 'onCriteria'> & {
  busy: boolean;
  onFind: () => void;
};

function GroupFilters(props: GroupFiltersProps): ReactNode {
  const { coming, criteria, offer, onCriteria, busy, onFind } = props;
  const next = useFocusOnMore<HTMLButtonElement>(coming.length);
  const { t } = useLanguage();
  return (
    <form
      className="group__filters"
      onKeyDown={submitOnEnter}
      onSubmit={(event) => {
        event.preventDefault();
        onFind();
      }}
    >
      <VenueField
        {...{ offer }}
        orAny
        value={criteria.venueCode}
        onText={(venueCode) => onCriteria({ venueCode })}
      />
      <RangeFields {...criteria} onChange={onCriteria} />
      <SelectField
        label={t(groupMessages.span)}
        value={String(criteria.span)}
        onText={(span) => onCriteria({ span: Number(span) })}
        options={SPANS.map((count) => ({
          value: String(count),
          label: count === 0 ? t(groupMessages.sameTime) : t(groupMessages.spanMinutes, { count }),
        }))}
      />
      <Button ref={next} data-first-focus type="submit" hint="Enter" busy={busy}>
        {t(groupMessages.findAll)}
      </Button>
    </form>
  );
}

function Reasons({ found, nameOf }: { found: GroupFound; nameOf: (id: string) => string }) {
  const { language, t } = useLanguage();
  if (found.reasons.length === 0) return null;
  return (
    <Notice tone="warn">
      <p className="read-out">
        <span className="read-out__tag">{t(bookingMessages.readOut)}</span>
        {found.reasons.map(({ residentId, code, sentence }) => (
          <span key={`${residentId} ${code}`}>
            {nameOf(residentId)}:{sentence[language]}
          </span>
        ))}
      </p>
    </Notice>
  );
}
