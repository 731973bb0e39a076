import { useId } from 'react';
import type { InputHTMLAttributes, ReactNode, Ref, SelectHTMLAttributes } from 'react';

type FieldFrame = {
  label: string;
  /** Shown at the right of the label, e.g. match or no match. */
  aside?: ReactNode;
  /** One line below the field; its room is kept when empty. */
  note?: string;
  tone?: 'plain' | 'good' | 'bad';
  /** Leaves out the line below, where nothing is ever said. */
  bare?: boolean;
  /** Leaves the label to screen readers. */
  quietLabel?: boolean;
};

function Frame(props: FieldFrame & { id: string; children: ReactNode }): ReactNode {
  const { label, aside, note, tone = 'plain', bare, quietLabel, id, children } = props;
  return (
    <div className="field">
      <div className={quietLabel === true ? 'visually-hidden' : 'field__label'}>
        <label htmlFor={id}>{label}</label>
        {aside === undefined ? null : <span className="field__aside">{aside}</span>}
      </div>
      {children}
      {bare === true ? null : (
        <p
          className={`field__note field__note--${tone}`}
          id={`${id}-note`}
          role={tone === 'bad' ? 'alert' : undefined}
          title={note}
        >
          {note}
        </p>
      )}
    </div>
  );
}

type TextFieldProps = FieldFrame &
  Omit<InputHTMLAttributes<HTMLInputElement>, 'className' | 'onChange' | 'value'> & {
    value: string;
    onText: (text: string) => void;
    ref?: Ref<HTMLInputElement>;
  };

export function TextField(props: TextFieldProps): ReactNode {
  const { label, aside, note, tone = 'plain', bare, onText, ...input } = props;
  const id = useId();
  return (
    <Frame
      {...{ label, aside, tone, id }}
      {...(note === undefined ? {} : { note })}
      {...(bare === undefined ? {} : { bare })}
    >
      <input
        autoComplete="off"
        spellCheck={false}
        {...input}
        id={id}
        className="field__input"
        aria-invalid={tone === 'bad' ? true : undefined}
        aria-describedby={bare === true ? undefined : `${id}-note`}
        onChange={(event) => onText(event.currentTarget.value)}
      />
    </Frame>
  );
}

type TextAreaProps = FieldFrame & {
  value: string;
  onText: (text: string) => void;
  rows?: number;
  maxLength?: number;
};

export function TextArea(props: TextAreaProps): ReactNode {
  const { label, note, tone = 'plain', bare, value, onText, rows = 3, maxLength } = props;
  const id = useId();
  return (
    <Frame
      {...{ label, tone, id }}
      {...(maxLength === undefined ? {} : { aside: `${value.length}/${maxLength}` })}
      {...(note === undefined ? {} : { note })}
      {...(bare === undefined ? {} : { bare })}
    >
      <textarea
        id={id}
        className="field__input"
        rows={rows}
        maxLength={maxLength}
        value={value}
        aria-invalid={tone === 'bad' ? true : undefined}
        aria-describedby={bare === true ? undefined : `${id}-note`}
        onChange={(event) => onText(event.currentTarget.value)}
      />
    </Frame>
  );
}

type SelectFieldProps = Omit<FieldFrame, 'note' | 'tone' | 'bare'> &
  Omit<SelectHTMLAttributes<HTMLSelectElement>, 'className' | 'onChange' | 'value'> & {
    value: string;
    onText: (value: string) => void;
    options: readonly { value: string; label: string }[];
    ref?: Ref<HTMLSelectElement>;
  };

export function SelectField(props: SelectFieldProps): ReactNode {
  const { label, aside, quietLabel, onText, options, ...select } = props;
  const id = useId();
  return (
    <Frame {...{ label, aside, id }} {...(quietLabel === true ? { quietLabel } : {})} bare>
      <select
        {...select}
        id={id}
        className="field__input"
        onChange={(event) => onText(event.currentTarget.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Frame>
  );
}
