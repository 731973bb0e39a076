import { useState } from 'react';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useQuery } from '../gateway/use-query.ts';
import { FIRST_DRAFT, hoursOn, timesOf } from './session-draft.ts';
import type { SessionDraft } from './session-draft.ts';

const TIMES = ['startsAt', 'endsAt', 'gaps'] as const;

/** A new session as it is typed. Its times follow the venue's hours until somebody types other ones. */
export function useSessionDraft(venueCode: string) {
  const gateway = useGateway();
  const venues = useQuery(() => gateway.listProgrammeVenues({}));
  const [entry, setEntry] = useState({ typed: { ...FIRST_DRAFT, venueCode }, ownTimes: false });
  const hoursOf = ({ venueCode: code, day }: SessionDraft) =>
    hoursOn(
      venues.value?.venues.find((one) => one.venueCode === code),
      day,
    );
  // Derived, not stored: the hours may arrive after the day was typed.
  const draftOf = ({ typed, ownTimes }: typeof entry): SessionDraft =>
    ownTimes ? typed : { ...typed, ...timesOf(hoursOf(typed)) };
  const change = (part: Partial<SessionDraft>): void =>
    setEntry((before) => ({
      typed: { ...draftOf(before), ...part },
      ownTimes: before.ownTimes || TIMES.some((name) => name in part),
    }));
  const draft = draftOf(entry);
  return { draft, hours: hoursOf(draft), change };
}
