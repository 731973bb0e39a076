import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { SelectField, TextField } from '../design/field.tsx';
import { useLanguage } from '../messages/language.tsx';
import { ruleMessages } from '../messages/rule-messages.ts';
import type { RuleDraft } from './rule-draft.ts';

type EarlierDosesProps = {
  doses: RuleDraft['doses'];
  products: readonly { value: string; label: string }[];
  onDoses: (doses: RuleDraft['doses']) => void;
};

/** As many as a question takes. */
const MOST = 20;

export function EarlierDoses({ doses, products, onDoses }: EarlierDosesProps): ReactNode {
  const { t } = useLanguage();
  const set = (index: number, part: Partial<RuleDraft['doses'][number]>): void =>
    onDoses(doses.map((dose, at) => (at === index ? { ...dose, ...part } : dose)));
  return (
    <fieldset className="stack stack--tight">
      <legend className="field__label">{t(ruleMessages.earlier)}</legend>
      {doses.length === 0 ? <p className="empty">{t(ruleMessages.noEarlier)}</p> : null}
      {doses.map((dose, index) => {
        const number = index + 1;
        return (
          <div className="rules__dose" key={number}>
            <SelectField
              label={t(ruleMessages.doseProduct, { number })}
              value={dose.productCode}
              onText={(productCode) => set(index, { productCode })}
              options={[{ value: '', label: '―' }, ...products]}
            />
            <TextField
              label={t(ruleMessages.doseDate, { number })}
              type="date"
              value={dose.date}
              onText={(date) => set(index, { date })}
              bare
            />
            <Button
              kind="quiet"
              aria-label={t(ruleMessages.removeDose, { number })}
              onClick={() => onDoses(doses.filter((_, at) => at !== index))}
            >
              {t(ruleMessages.remove)}
            </Button>
          </div>
        );
      })}
      <div>
        <Button
          busy={doses.length >= MOST}
          onClick={() => onDoses([...doses, { productCode: '', date: '' }])}
        >
          {t(ruleMessages.addDose)}
        </Button>
      </div>
    </fieldset>
  );
}
