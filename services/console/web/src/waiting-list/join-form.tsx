import { addDays, tokyoDate } from '@madoguchi/kernel/calendar-date';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Choices } from '../design/choices.tsx';
import { SelectField, TextField } from '../design/field.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import { submitOnEnter } from '../design/submit-on-enter.ts';
import type { Offer, Reach, WaitingPlace, WaitingWish } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { contextMessages } from '../messages/call-messages.ts';
import { waitingMessages } from '../messages/waiting-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { reachNames } from '../messages/desk-names.ts';
import { bookingMessages } from '../messages/task-messages.ts';
import { dosesOnOffer } from '../slots/doses-on-offer.ts';

const REACHES = Object.keys(reachNames) as Reach[];
/** How far ahead a wish reaches at first, days. */
const FIRST_RANGE = 27;

type JoinFormProps = {
  residentId: string;
  offer: Offer | undefined;
  doseNumber: number;
  onJoined: (place: WaitingPlace) => void;
};

/** A new wish: where, when, and how somebody is told of a seat. */
export function JoinForm({ residentId, offer, doseNumber, onJoined }: JoinFormProps): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const join = useCommand(gateway.joinWaitingList);
  const [wish, change] = useWish(doseNumber);
  const reversed = wish.to !== '' && wish.to < wish.from;
  const submit = async (): Promise<void> => {
    if (reversed) return;
    const answer = await join.run(requestOf(residentId, wish));
    if (answer?.ok === true) onJoined(answer.value);
  };
  return (
    <form
      className="stack stack--tight"
      aria-label={t(waitingMessages.joinTitle)}
      onKeyDown={submitOnEnter}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <h3>{t(waitingMessages.joinTitle)}</h3>
      <div className="join__fields">
        <SelectField
          label={t(bookingMessages.dose)}
          value={String(wish.doseNumber)}
          onText={(dose) => change({ doseNumber: Number(dose) })}
          options={dosesOnOffer(offer, wish.doseNumber).map((dose) => ({
            value: String(dose),
            label: t(contextMessages.dose, { number: dose }),
          }))}
        />
        <PlaceField place={wish.place} offer={offer} onPlace={(place) => change({ place })} />
        <TextField
          label={t(bookingMessages.from)}
          type="date"
          value={wish.from}
          onText={(from) => change({ from })}
          required
          bare
        />
        <TextField
          label={t(waitingMessages.until)}
          type="date"
          value={wish.to}
          onText={(to) => change({ to })}
          required
          {...(reversed ? { note: t(waitingMessages.reversed), tone: 'bad' } : { bare: true })}
        />
      </div>
      <Choices
        label={t(waitingMessages.reach)}
        value={wish.reach}
        options={REACHES.map((value) => ({ value, label: t(reachNames[value]) }))}
        onChoose={(reach) => change({ reach })}
        digits
      />
      <ProblemNotice problem={join.problem} />
      <div className="row row--end">
        <Button type="submit" kind="primary" hint="Enter" busy={join.busy}>
          {t(waitingMessages.join)}
        </Button>
      </div>
    </form>
  );
}

type PlaceFieldProps = {
  place: string;
  offer: Offer | undefined;
  onPlace: (place: string) => void;
};

/** A venue, any venue of a town, or any at all. */
function PlaceField({ place, offer, onPlace }: PlaceFieldProps): ReactNode {
  const { language, t } = useLanguage();
  const venues = offer?.venues ?? [];
  const towns = [...new Set(venues.map(({ town }) => town))].toSorted();
  return (
    <SelectField
      data-first-focus
      label={t(waitingMessages.place)}
      value={place}
      onText={onPlace}
      options={[
        { value: '', label: t(bookingMessages.anyVenue) },
        ...towns.map((town) => ({ value: `${TOWN}${town}`, label: town })),
        ...venues.map(({ venueCode, name }) => ({ value: venueCode, label: name[language] })),
      ]}
    />
  );
}

const TOWN = 'town:';

type Wish = { doseNumber: number; place: string; from: string; to: string; reach: Reach };

function firstWish(doseNumber: number, now: Date): Wish {
  const from = addDays(tokyoDate(now), 1);
  return { doseNumber, place: '', from, to: addDays(from, FIRST_RANGE), reach: 'phone' };
}

/** A wish as it is typed; another dose that is next since then takes the place of the one proposed before. */
function useWish(doseNumber: number): [Wish, (part: Partial<Wish>) => void] {
  const [wish, setWish] = useState(() => firstWish(doseNumber, new Date()));
  const [proposed, setProposed] = useState(doseNumber);
  if (proposed !== doseNumber) {
    setProposed(doseNumber);
    if (wish.doseNumber === proposed) setWish({ ...wish, doseNumber });
  }
  return [wish, (part) => setWish((before) => ({ ...before, ...part }))];
}

function requestOf(residentId: string, { place, ...wish }: Wish): WaitingWish {
  return {
    residentId,
    ...wish,
    ...(place.startsWith(TOWN) ? { town: place.slice(TOWN.length) } : {}),
    ...(place !== '' && !place.startsWith(TOWN) ? { venueCode: place } : {}),
  };
}
