import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Choices } from '../design/choices.tsx';
import { SelectField } from '../design/field.tsx';
import type { Offer } from '../gateway/contract-types.ts';
import { contextMessages } from '../messages/call-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { slotViewNames, weekdayChoiceNames } from '../messages/names.ts';
import { bookingMessages } from '../messages/task-messages.ts';
import { RangeFields } from './range-fields.tsx';
import { ANY, placeOfTown } from './slot-criteria.ts';
import type { TimeOfDay, Weekdays } from './slot-criteria.ts';
import type { SlotSearchState } from './use-slot-search.ts';

const TIMES: readonly TimeOfDay[] = ['any', 'morning', 'afternoon', 'evening'];
const TIME_NAMES = {
  any: bookingMessages.anyTime,
  morning: bookingMessages.morning,
  afternoon: bookingMessages.afternoon,
  evening: bookingMessages.evening,
} as const;

const WEEKDAYS = Object.keys(weekdayChoiceNames) as Weekdays[];
const VIEWS = ['slots', 'next-by-venue', 'next-by-weekday'] as const;

type SlotFiltersProps = { search: SlotSearchState; doses: readonly number[]; fixedDose: boolean };

/** Venues and towns, and products, as they can be chosen. */
function useChoicesOf(offer: Offer | undefined) {
  const { language, t } = useLanguage();
  const { venues = [], products = [] } = offer ?? {};
  const towns = [...new Set(venues.map(({ town }) => town))];
  return {
    places: [
      { value: ANY, label: t(bookingMessages.anyVenue) },
      ...venues.map(({ venueCode, name }) => ({ value: venueCode, label: name[language] })),
      ...towns.map((town) => ({
        value: placeOfTown(town),
        label: t(bookingMessages.wholeTown, { town }),
      })),
    ],
    products: [
      { value: ANY, label: t(bookingMessages.anyProduct) },
      ...products.map(({ productCode, name }) => ({ value: productCode, label: name[language] })),
    ],
  };
}

export function SlotFilters({ search, doses, fixedDose }: SlotFiltersProps): ReactNode {
  const { t } = useLanguage();
  const { criteria, change, offer } = search;
  const { places, products } = useChoicesOf(offer);
  return (
    <form
      className="slot-filters"
      onKeyDown={(event) => {
        // Enter would open a list or do nothing; here it means: search with what is chosen.
        if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)) {
          event.preventDefault();
          void search.find();
        }
      }}
      onSubmit={(event) => {
        event.preventDefault();
        void search.find();
      }}
    >
      <SelectField
        label={t(bookingMessages.dose)}
        value={String(criteria.doseNumber)}
        onText={(dose) => change({ doseNumber: Number(dose) })}
        disabled={fixedDose}
        options={doses.map((dose) => ({
          value: String(dose),
          label: t(contextMessages.dose, { number: dose }),
        }))}
      />
      <SelectField
        data-first-focus
        label={t(bookingMessages.venue)}
        value={criteria.place}
        onText={(place) => change({ place })}
        options={places}
      />
      <SelectField
        label={t(bookingMessages.product)}
        value={criteria.productCode}
        onText={(productCode) => change({ productCode })}
        options={products}
      />
      <RangeFields {...criteria} onChange={change} />
      <TimesAndFind search={search} />
    </form>
  );
}

function TimesAndFind({ search }: { search: SlotSearchState }): ReactNode {
  const { t } = useLanguage();
  const { criteria, change, busy } = search;
  return (
    <div className="slot-filters__wide row row--spread row--bottom">
      <QuietSelect
        label={t(bookingMessages.weekday)}
        value={criteria.weekdays}
        options={WEEKDAYS.map((value) => ({ value, label: t(weekdayChoiceNames[value]) }))}
        onChoose={(weekdays) => change({ weekdays })}
      />
      <QuietSelect
        label={t(bookingMessages.view)}
        value={criteria.view}
        options={VIEWS.map((value) => ({ value, label: t(slotViewNames[value]) }))}
        onChoose={(view) => change({ view })}
      />
      <Choices
        label={t(bookingMessages.time)}
        quietLabel
        value={criteria.time}
        options={TIMES.map((value) => ({ value, label: t(TIME_NAMES[value]) }))}
        onChoose={(time) => change({ time })}
      />
      <Button type="submit" hint="Enter" busy={busy}>
        {t(bookingMessages.find)}
      </Button>
    </div>
  );
}

type QuietSelectProps<Value extends string> = {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChoose: (value: Value) => void;
};

/** A list whose options say what it is about; its label is for screen readers. */
function QuietSelect<Value extends string>(props: QuietSelectProps<Value>): ReactNode {
  const { label, value, options, onChoose } = props;
  return (
    <select
      className="field__input slot-filters__quiet"
      aria-label={label}
      value={value}
      onChange={(event) => {
        const chosen = options.find((option) => option.value === event.currentTarget.value);
        if (chosen) onChoose(chosen.value);
      }}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
