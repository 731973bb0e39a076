import { CHANNELS } from '@madoguchi/contracts/roles';
import type { ReactNode } from 'react';
import { TextField } from '../design/field.tsx';
import { useLanguage } from '../messages/language.tsx';
import { channelNames } from '../messages/names.ts';
import { sessionMessages } from '../messages/session-messages.ts';
import type { QuotaDraft } from './session-draft.ts';

type QuotaFieldsProps = { quotas: QuotaDraft; onQuotas: (quotas: QuotaDraft) => void };

export function QuotaFields({ quotas, onQuotas }: QuotaFieldsProps): ReactNode {
  const { t } = useLanguage();
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
    </fieldset>
  );
}
