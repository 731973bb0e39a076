import type { ReactNode, RefObject } from 'react';
import { TextField } from '../design/field.tsx';

type NumberFieldProps = {
  field: RefObject<HTMLInputElement | null>;
  label: string;
  value: string;
  fault: string | undefined;
  onText: (text: string) => void;
};

/** A number as it stands on the visitor's paper; the focus begins here. */
export function NumberField({ field, label, value, fault, onText }: NumberFieldProps): ReactNode {
  return (
    <TextField
      ref={field}
      data-first-focus
      {...{ label, value, onText }}
      inputMode="numeric"
      maxLength={40}
      {...(fault === undefined ? {} : { note: fault, tone: 'bad' as const })}
    />
  );
}
