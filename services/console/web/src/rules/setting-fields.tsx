import type { Weekday } from '@madoguchi/contracts';
import type { ReactNode } from 'react';
import { ENTERED_WEEKDAYS } from '../catalogue-entry/entry-draft.ts';
import { SelectField, TextField } from '../design/field.tsx';
import type { ReservationSettings } from '../gateway/contract-types.ts';
import { catalogueMessages } from '../messages/catalogue-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { weekdayNames } from '../messages/names.ts';
import { settingMessages, settingNames } from '../messages/setting-messages.ts';
import { draftOfSettings, FIGURES, TIMES } from './setting-draft.ts';
import type { SettingDraft } from './setting-draft.ts';

type SettingFieldsProps = {
  draft: SettingDraft;
  wrong: readonly (keyof ReservationSettings)[];
  /** As they are now, where somebody changed them while this was typed. */
  standing: ReservationSettings | undefined;
  onChange: (part: Partial<SettingDraft>) => void;
};

/** The settings in their fields. */
export function SettingFields(props: SettingFieldsProps): ReactNode {
  const { draft, wrong, standing, onChange } = props;
  const { t } = useLanguage();
  const now = standing === undefined ? draft : draftOfSettings(standing);
  const field = (name: (typeof FIGURES)[number] | (typeof TIMES)[number] | 'closedDays') => ({
    label: t(settingNames[name]),
    value: draft[name],
    tone: wrong.includes(name) ? ('bad' as const) : ('plain' as const),
    note: wrong.includes(name)
      ? t(catalogueMessages.check)
      : now[name] === draft[name]
        ? ''
        : t(settingMessages.now, { value: now[name] }),
    onText: (text: string) => onChange({ [name]: text }),
  });
  return (
    <div className="entry-form">
      {TIMES.map((name, place) => (
        <TextField
          key={name}
          {...field(name)}
          type="time"
          data-first-focus={place === 0 ? true : undefined}
        />
      ))}
      <WeekdayBoxes
        value={draft.callingWeekdays}
        isWrong={wrong.includes('callingWeekdays')}
        onChange={(callingWeekdays) => onChange({ callingWeekdays })}
      />
      <SelectField
        label={t(settingNames.callsOnHolidays)}
        value={draft.callsOnHolidays ? 'yes' : 'no'}
        options={[
          { value: 'yes', label: t(catalogueMessages.yes) },
          { value: 'no', label: t(catalogueMessages.no) },
        ]}
        onText={(text) => onChange({ callsOnHolidays: text === 'yes' })}
      />
      <div className="entry-form__wide">
        <TextField {...field('closedDays')} placeholder="2026-12-28 2027-01-04" maxLength={4000} />
      </div>
      {FIGURES.map((name) => (
        <TextField key={name} {...field(name)} inputMode="numeric" maxLength={4} />
      ))}
    </div>
  );
}

type WeekdayBoxesProps = {
  value: readonly Weekday[];
  isWrong: boolean;
  onChange: (value: readonly Weekday[]) => void;
};

function WeekdayBoxes({ value, isWrong, onChange }: WeekdayBoxesProps): ReactNode {
  const { t } = useLanguage();
  return (
    <fieldset className="weekday-boxes">
      <legend className="field__label">{t(settingNames.callingWeekdays)}</legend>
      <div className="row">
        {ENTERED_WEEKDAYS.map((day) => (
          <label key={day}>
            <input
              type="checkbox"
              checked={value.includes(day)}
              onChange={(event) =>
                onChange(
                  event.currentTarget.checked
                    ? [...value, day]
                    : value.filter((one) => one !== day),
                )
              }
            />{' '}
            {t(weekdayNames[day])}
          </label>
        ))}
      </div>
      <p
        className={`field__note field__note--${isWrong ? 'bad' : 'plain'}`}
        role={isWrong ? 'alert' : undefined}
      >
        {isWrong ? t(catalogueMessages.check) : ''}
      </p>
    </fieldset>
  );
}
