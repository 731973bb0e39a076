import type { ReactNode } from 'react';
import { SelectField, TextField } from '../design/field.tsx';
import type { Problem } from '../gateway/answer.ts';
import { catalogueMessages, choiceNames, memberNames } from '../messages/catalogue-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { weekdayNames } from '../messages/names.ts';
import type { Draft, Row } from './entry-draft.ts';
import { ENTERED_WEEKDAYS, hoursField, textOf } from './entry-draft.ts';
import type { EntryField } from './entry-fields.ts';

type EntryFormProps = {
  fields: readonly EntryField[];
  draft: Draft;
  /** Members that are wrong. */
  wrong: readonly string[];
  /** What was refused of members, in words. */
  faults?: Problem['items'];
  /** As it stands now, where somebody changed it while this was typed. */
  standing: Row | undefined;
  /** The code of what stands there already is not changed. */
  fixed: string | undefined;
  onText: (field: string, text: string) => void;
};

/** The fields of a row of the catalogue. */
export function EntryForm(props: EntryFormProps): ReactNode {
  return (
    <div className="entry-form">
      {props.fields.map((field, place) => (
        <Field key={field.member} {...props} {...{ field }} first={place === 0} />
      ))}
    </div>
  );
}

function Field(props: EntryFormProps & { field: EntryField; first: boolean }): ReactNode {
  const { field, first, draft, wrong, faults, standing, fixed, onText } = props;
  const { language, t } = useLanguage();
  const { member } = field;
  const label = t(memberNames[member]);
  const value = draft[member] ?? '';
  const text = (next: string): void => onText(member, next);
  if (field.type === 'hours') return <HoursFields {...props} />;
  if (field.type === 'flag' || field.type === 'choice') {
    const options =
      field.type === 'choice'
        ? field.options.map((code) => ({ value: code, label: t(choiceNames[code]) }))
        : [
            { value: 'yes', label: t(catalogueMessages.yes) },
            { value: 'no', label: t(catalogueMessages.no) },
          ];
    return <SelectField {...{ label, value, options }} onText={text} />;
  }
  const now = standing === undefined ? value : textOf(field, standing);
  const fault = faults?.find(({ item }) => item === member);
  const isWrong = fault !== undefined || wrong.includes(member);
  const note = isWrong
    ? (fault?.[language] ?? t(catalogueMessages.check))
    : now !== value
      ? t(catalogueMessages.now, { value: now === '' ? t(catalogueMessages.empty) : now })
      : field.type === 'list'
        ? t(catalogueMessages.listNote)
        : '';
  return (
    <div className={'wide' in field && field.wide ? 'entry-form__wide' : undefined}>
      <TextField
        {...{ label, value, note }}
        tone={isWrong ? 'bad' : 'plain'}
        type={field.type === 'date' ? 'date' : 'text'}
        inputMode={field.type === 'number' ? 'numeric' : 'text'}
        maxLength={field.type === 'list' ? 4000 : 500}
        readOnly={fixed === member}
        data-first-focus={first && fixed !== member ? true : undefined}
        onText={text}
      />
    </div>
  );
}

/** A line for each weekday, several times of a day with blanks between. */
function HoursFields({
  field,
  draft,
  wrong,
  onText,
}: EntryFormProps & { field: EntryField }): ReactNode {
  const { t } = useLanguage();
  const isWrong = wrong.includes(field.member);
  return (
    <fieldset className="entry-form__hours">
      <legend className="field__label">{t(memberNames[field.member])}</legend>
      {ENTERED_WEEKDAYS.map((day) => (
        <TextField
          key={day}
          label={t(weekdayNames[day])}
          value={draft[hoursField(field.member, day)] ?? ''}
          onText={(text) => onText(hoursField(field.member, day), text)}
          maxLength={100}
          tone={isWrong ? 'bad' : 'plain'}
          bare
        />
      ))}
      <p className={`field__note field__note--${isWrong ? 'bad' : 'plain'}`}>
        {t(isWrong ? catalogueMessages.check : catalogueMessages.hoursNote)}
      </p>
    </fieldset>
  );
}
