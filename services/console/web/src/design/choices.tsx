import { useEffect, useId, useRef } from 'react';
import type { ReactNode } from 'react';
import { KeyHint } from './key-hint.tsx';

type ChoicesProps<Value extends string> = {
  label: string;
  /** Shows the label to screen readers only. */
  quietLabel?: boolean;
  value: Value | undefined;
  options: readonly { value: Value; label: string }[];
  onChoose: (value: NoInfer<Value>) => void;
  /** Digits 1–9 and 0 choose while the group has the focus; the digits are printed on the options. */
  digits?: boolean;
  /** One under the other instead of side by side. */
  column?: boolean;
  /** The chosen option takes the focus when the step it stands in opens. */
  focusFirst?: boolean;
  /** Chosen by its digit: the focus goes on to what is done with it, instead of to the option. */
  onChosen?: () => void;
};

/** One of a few, as radio buttons: Tab enters the group, arrows choose. */
export function Choices<Value extends string>(props: ChoicesProps<Value>): ReactNode {
  const { label, quietLabel, value, options, onChoose, digits, column, focusFirst, onChosen } =
    props;
  const group = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    if (focusFirst === true) {
      group.current?.querySelector<HTMLElement>('input:checked, input')?.focus();
    }
  }, [focusFirst]);
  const name = useId();
  const chooseByDigit = (key: string): void => {
    const option = options[key === '0' ? 9 : Number(key) - 1];
    if (option === undefined) return;
    onChoose(option.value);
    if (onChosen === undefined) document.getElementById(`${name}-${option.value}`)?.focus();
    else onChosen();
  };
  return (
    <fieldset
      ref={group}
      className="stack stack--tight"
      onKeyDown={(event) => {
        if (digits !== true || event.altKey || event.ctrlKey || event.metaKey) return;
        if (/^[0-9]$/.test(event.key)) {
          event.preventDefault();
          chooseByDigit(event.key);
        }
      }}
    >
      <legend className={quietLabel === true ? 'visually-hidden' : 'field__label'}>{label}</legend>
      <div className={column === true ? 'choices choices--column' : 'choices'}>
        {options.map((option, index) => (
          <label className="choice" key={option.value}>
            <input
              type="radio"
              id={`${name}-${option.value}`}
              name={name}
              value={option.value}
              checked={option.value === value}
              data-first-focus={focusFirst === true && option.value === value ? true : undefined}
              onChange={() => onChoose(option.value)}
            />
            <span>
              {digits === true && index < 10 ? <KeyHint>{String((index + 1) % 10)}</KeyHint> : null}
              {option.label}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
