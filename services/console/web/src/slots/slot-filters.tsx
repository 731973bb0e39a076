import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Choices } from '../design/choices.tsx';
import { SelectField, TextField } from '../design/field.tsx';
import { contextMessages } from '../messages/call-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { bookingMessages } from '../messages/task-messages.ts';
import { ANY, RANGES } from './slot-criteria.ts';
import type { TimeOfDay } from './slot-criteria.ts';
import type { SlotSearchState } from './use-slot-search.ts';

const TIMES: readonly TimeOfDay[] = ['any', 'morning', 'afternoon', 'evening'];
const TIME_NAMES = {
  any: bookingMessages.anyTime,
  morning: bookingMessages.morning,
  afternoon: bookingMessages.afternoon,
  evening: bookingMessages.evening,
} as const;

type SlotFiltersProps = { search: SlotSearchState; doses: readonly number[]; fixedDose: boolean };

export function SlotFilters({ search, doses, fixedDose }: SlotFiltersProps): ReactNode {
  const { language, t } = useLanguage();
  const { criteria, change, offer } = search;
  const named = (items: readonly { code: string; name: { ja: string; en: string } }[]) =>
    items.map(({ code, name }) => ({ value: code, label: name[language] }));
  const venues = named(
    (offer?.venues ?? []).map(({ venueCode, name }) => ({ code: venueCode, name })),
  );
  const products = named(
    (offer?.products ?? []).map(({ productCode, name }) => ({ code: productCode, name })),
  );
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
        value={criteria.venueCode}
        onText={(venueCode) => change({ venueCode })}
        options={[{ value: ANY, label: t(bookingMessages.anyVenue) }, ...venues]}
      />
      <SelectField
        label={t(bookingMessages.product)}
        value={criteria.productCode}
        onText={(productCode) => change({ productCode })}
        options={[{ value: ANY, label: t(bookingMessages.anyProduct) }, ...products]}
      />
      <TextField
        label={t(bookingMessages.from)}
        type="date"
        value={criteria.from}
        onText={(from) => change({ from })}
        required
        bare
      />
      <SelectField
        label={t(bookingMessages.days)}
        value={String(criteria.days)}
        onText={(days) => change({ days: Number(days) })}
        options={RANGES.map((count) => ({
          value: String(count),
          label: t(bookingMessages.daysCount, { count }),
        }))}
      />
      <TimeAndFind search={search} />
    </form>
  );
}

function TimeAndFind({ search }: { search: SlotSearchState }): ReactNode {
  const { t } = useLanguage();
  const { criteria, change, busy } = search;
  return (
    <div className="slot-filters__wide row row--spread row--bottom">
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
