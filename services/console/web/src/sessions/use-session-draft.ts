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
  const [draft, setDraft] = useState<SessionDraft>({ ...FIRST_DRAFT, venueCode });
  const [typed, setTyped] = useState(false);
  const hoursOf = (of: SessionDraft) =>
    hoursOn(
      venues.value?.venues.find((one) => one.venueCode === of.venueCode),
      of.day,
    );
  const change = (part: Partial<SessionDraft>): void => {
    if (TIMES.some((name) => name in part)) setTyped(true);
    const follows = !typed && ('venueCode' in part || 'day' in part);
    setDraft((before) => {
      const next = { ...before, ...part };
      return follows ? { ...next, ...timesOf(hoursOf(next)) } : next;
    });
  };
  return { draft, hours: hoursOf(draft), change };
}
