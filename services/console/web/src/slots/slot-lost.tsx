import type { ReactNode } from 'react';
import { ReadBack } from '../design/read-back.tsx';
import { longDay, spokenTime } from '../format/dates.ts';
import type { Problem } from '../gateway/answer.ts';
import type { Slot } from '../gateway/contract-types.ts';
import { useQuery } from '../gateway/use-query.ts';
import { useLanguage } from '../messages/language.tsx';
import { bookingMessages } from '../messages/task-messages.ts';
import { findNextBest } from './next-best.ts';
import type { AskNear } from './next-best.ts';
import { SlotFacts } from './slot-facts.tsx';

/** Refusals that are about the slot and not about the person: another slot may still do. */
const LOST = new Set([
  'slot_full',
  'slot_closed',
  'slot_not_open',
  'slot_in_past',
  'slot_not_found',
  'channel_quota_reached',
]);

/** Was the slot lost, to somebody else or with its session? Of several people, for all who were refused. */
export function isLost(problem: Problem | undefined): problem is Problem {
  if (problem === undefined) return false;
  const { code, members = [] } = problem;
  const codes = members.length === 0 ? [code] : members.map((member) => member.code);
  return codes.every((one) => LOST.has(one));
}

type SlotLostProps = {
  slot: Slot;
  problem: Problem;
  ask: AskNear;
  busy?: boolean;
  onTake: (slot: Slot) => void;
  onBack: () => void;
};

/** Why a slot cannot be had any more, and the next best one: Enter takes it, Esc goes back to the search, as Enter does where there is none. */
export function SlotLost(props: SlotLostProps): ReactNode {
  const { slot, problem, ask, busy = false, onTake, onBack } = props;
  const { language, t } = useLanguage();
  const near = useQuery(() => findNextBest(slot, ask));
  const next = near.value;
  const looking = !near.asked;
  const found = next === undefined ? bookingMessages.find : bookingMessages.takeNext;
  const action = looking ? bookingMessages.looking : found;
  const time = (one: Slot): string =>
    `${longDay(one.date, language)}${language === 'en' ? ' ' : ''}${spokenTime(one.startsAt, language)}`;
  return (
    <ReadBack
      title={t(bookingMessages.lost)}
      action={t(action)}
      busy={busy || looking}
      onSubmit={() => (next === undefined ? onBack() : onTake(next))}
      back={t(bookingMessages.otherSlot)}
      onBack={onBack}
      problem={near.problem ?? problem}
      {...(next === undefined
        ? {}
        : {
            sentence: t(bookingMessages.lostSentence, {
              lost: time(slot),
              time: time(next),
              venue: next.venueName[language],
            }),
          })}
    >
      {next === undefined ? (
        <p className="empty">{t(looking ? bookingMessages.looking : bookingMessages.noneNear)}</p>
      ) : (
        <SlotFacts slot={next} />
      )}
    </ReadBack>
  );
}
