import { CHANNELS } from '@madoguchi/contracts/roles';
import type { ReactNode } from 'react';
import { TextField } from '../design/field.tsx';
import { useLanguage } from '../messages/language.tsx';
import { channelNames } from '../messages/names.ts';
import { sessionMessages } from '../messages/session-messages.ts';
import { quotasOf } from './session-draft.ts';
import type { QuotaDraft } from './session-draft.ts';

type QuotaFieldsProps = {
  quotas: QuotaDraft;
  /** Seats of a slot, which the promises share. */
  capacity: number;
  onQuotas: (quotas: QuotaDraft) => void;
};

export function QuotaFields({ quotas, capacity, onQuotas }: QuotaFieldsProps): ReactNode {
  const { t } = useLanguage();
  const read = quotasOf(quotas);
  const promised =
    read === undefined ? undefined : CHANNELS.reduce((sum, one) => sum + read[one], 0);
  return (
    <fieldset>
      <legend className="field__label">{t(sessionMessages.quotas)}</legend>
      <div className="session-form">
        {CHANNELS.map((channel) => (
          <TextField
            key={channel}
            label={t(channelNames[channel])}
            value={quotas[channel]}
            onText={(seats) => onQuotas({ ...quotas, [channel]: seats })}
            inputMode="numeric"
            maxLength={4}
            bare
          />
        ))}
      </div>
      {promised === undefined || Number.isNaN(capacity) ? null : (
        <p className={promised > capacity ? 'field__note field__note--bad' : 'soft'} role="status">
          {t(promised > capacity ? sessionMessages.tooManyPromised : sessionMessages.promised, {
            promised,
            capacity,
          })}
        </p>
      )}
    </fieldset>
  );
}
