import type { SpokenItem } from '@madoguchi/contracts';
import type { ReactNode } from 'react';
import { TextField } from '../design/field.tsx';
import type { Verification } from '../gateway/contract-types.ts';
import { verificationMessages } from '../messages/call-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { BirthDateField } from './birth-date-field.tsx';
import type { Draft } from './draft.ts';
import { MatchMark } from './match-mark.tsx';
import { SPOKEN_FIELDS } from './spoken-fields.ts';
import type { SpokenField } from './spoken-fields.ts';

type SpokenFormProps = {
  items: Draft['items'];
  /** What was sent with the last verification: a mark goes as soon as its field is changed. */
  sent: Draft['items'] | undefined;
  state: Verification | undefined;
  onItem: (item: SpokenItem, text: string) => void;
};

export function SpokenForm({ items, sent, state, onItem }: SpokenFormProps): ReactNode {
  const { t } = useLanguage();
  return (
    <div className="spoken">
      {SPOKEN_FIELDS.map((field) => {
        const { item } = field;
        const unchanged = sent !== undefined && sent[item] === items[item];
        return (
          <div key={item} className={field.half === true ? 'spoken__half' : 'spoken__whole'}>
            <Spoken
              {...{ field }}
              value={items[item]}
              mark={<MatchMark outcome={unchanged ? state?.items[item] : undefined} />}
              onText={(text) => onItem(item, text)}
            />
          </div>
        );
      })}
      <p className="spoken__whole spoken__rule">{t(verificationMessages.readNothingOut)}</p>
    </div>
  );
}

type SpokenProps = {
  field: SpokenField;
  value: string;
  mark: ReactNode;
  onText: (text: string) => void;
};

function Spoken({ field, value, mark, onText }: SpokenProps): ReactNode {
  const { t } = useLanguage();
  if (field.item === 'dateOfBirth') return <BirthDateField {...{ value, mark, onText }} />;
  return (
    <TextField
      label={t(field.label)}
      aside={mark}
      value={value}
      onText={onText}
      maxLength={field.maxLength}
      inputMode={field.inputMode}
      name={`spoken-${field.item}`}
      bare
    />
  );
}
