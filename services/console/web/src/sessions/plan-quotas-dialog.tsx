import { useState } from 'react';
import type { ReactNode } from 'react';
import { TextField } from '../design/field.tsx';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { useLanguage } from '../messages/language.tsx';
import { sessionMessages } from '../messages/session-messages.ts';
import { FormDialog } from '../design/form-dialog.tsx';
import { QuotaFields } from './quota-fields.tsx';
import { instantOf, NO_QUOTAS, quotasOf } from './session-draft.ts';

type PlanQuotasDialogProps = {
  sessionId: string;
  onClose: () => void;
  onDone: (sentence: string) => void;
};

export function PlanQuotasDialog(props: PlanQuotasDialogProps): ReactNode {
  const { sessionId, onClose, onDone } = props;
  const { t } = useLanguage();
  const gateway = useGateway();
  const plan = useCommand(gateway.planQuotas);
  const [at, setAt] = useState('');
  const [draft, setDraft] = useState(NO_QUOTAS);
  const quotas = quotasOf(draft);
  const submit = async (): Promise<void> => {
    if (quotas === undefined) return;
    const answer = await plan.run({ sessionId, at: instantOf(at), quotas });
    if (answer?.ok === true) onDone(t(sessionMessages.planned));
  };
  return (
    <FormDialog
      title={t(sessionMessages.plan)}
      lead={t(sessionMessages.planLead)}
      action={t(sessionMessages.save)}
      busy={plan.busy || at === '' || quotas === undefined}
      problem={plan.problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        data-first-focus
        label={t(sessionMessages.at)}
        type="datetime-local"
        value={at}
        onText={setAt}
        bare
      />
      <QuotaFields quotas={draft} onQuotas={setDraft} />
    </FormDialog>
  );
}
