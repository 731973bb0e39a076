import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { shortDay } from '../format/dates.ts';
import type { Slot, Suggested } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useQuery } from '../gateway/use-query.ts';
import { callbackMessages } from '../messages/callback-messages.ts';
import { useLanguage } from '../messages/language.tsx';

type SuggestionsProps = {
  residentId: string;
  reservationId: string;
  onChoose: (slot: Slot) => void;
};

const WAYS = ['next', 'sameVenue', 'sameTown', 'elsewhere'] as const;
/** Of each way; more are found by the search below. */
const OF_EACH = 1;

/** Free slots close to a booking that has to move; each slot once, under the first way that has it. */
export function suggestedOnce(found: Suggested): { way: (typeof WAYS)[number]; slots: Slot[] }[] {
  const seen = new Set<string>();
  return WAYS.flatMap((way) => {
    const slots = found[way].filter(({ slotId }) => !seen.has(slotId)).slice(0, OF_EACH);
    for (const { slotId } of slots) seen.add(slotId);
    return slots.length === 0 ? [] : [{ way, slots }];
  });
}

export function Suggestions({ residentId, reservationId, onChoose }: SuggestionsProps): ReactNode {
  const { language, t } = useLanguage();
  const gateway = useGateway();
  const found = useQuery(() => gateway.suggestAlternatives({ residentId, reservationId }));
  // Nothing to suggest is no fault of the caller's wish: the search below says why.
  const groups = found.value === undefined ? [] : suggestedOnce(found.value);
  const first = useRef<HTMLElement>(null);
  const any = groups.length > 0;
  useEffect(() => {
    // Who searches already is left where they are.
    if (any && document.activeElement?.matches('[data-first-focus]') === true)
      first.current?.querySelector('button')?.focus();
  }, [any]);
  if (!any) return null;
  return (
    <section ref={first} className="suggestions" aria-label={t(callbackMessages.suggestions)}>
      <h3 className="field__label">{t(callbackMessages.suggestions)}</h3>
      <dl className="facts">
        {groups.map(({ way, slots }) => (
          <div key={way} className="suggestions__way">
            <dt>{t(callbackMessages[way])}</dt>
            <dd className="row">
              {slots.map((slot) => (
                <Button key={slot.slotId} kind="quiet" onClick={() => onChoose(slot)}>
                  {shortDay(slot.date, language)} {slot.startsAt} {slot.venueName[language]}
                </Button>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
