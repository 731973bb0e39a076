import { useState } from 'react';
import type { ReactNode } from 'react';
import { TextField } from '../design/field.tsx';
import { dayAndTime } from '../format/dates.ts';
import type { SessionView } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { useLanguage } from '../messages/language.tsx';
import { sessionMessages } from '../messages/session-messages.ts';
import { FormDialog } from '../design/form-dialog.tsx';
import { QuotaFields } from './quota-fields.tsx';
import { draftOfQuotas, instantOf, quotasOf } from './session-draft.ts';

type PlanQuotasDialogProps = {
  session: SessionView;
  /** Day, venue and hours, in words. */
  about: string;
  onClose: () => void;
  onDone: (sentence: string) => void;
};

export function PlanQuotasDialog(props: PlanQuotasDialogProps): ReactNode {
  const { session, onClose, onDone } = props;
  const { language, t } = useLanguage();
  const gateway = useGateway();
  const plan = useCommand(gateway.planQuotas);
  const [at, setAt] = useState('');
  const [draft, setDraft] = useState(() => draftOfQuotas(session.pattern.quotas));
  const [openedAt] = useState(() => Date.now());
  const quotas = quotasOf(draft);
  const isPast = at !== '' && Date.parse(instantOf(at)) < openedAt;
  const submit = async (): Promise<void> => {
    if (quotas === undefined) return;
    const answer = await plan.run({ sessionId: session.sessionId, at: instantOf(at), quotas });
    if (answer?.ok === true)
      onDone(t(sessionMessages.planned, { at: dayAndTime(instantOf(at), language) }));
  };
  return (
    <FormDialog
      title={t(sessionMessages.plan)}
      about={props.about}
      lead={t(sessionMessages.planLead)}
      action={t(sessionMessages.save)}
      busy={plan.busy}
      ready={at !== '' && quotas !== undefined}
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
        note={isPast ? t(sessionMessages.plannedNow) : ''}
      />
      <QuotaFields capacity={session.pattern.capacity} quotas={draft} onQuotas={setDraft} />
    </FormDialog>
  );
}
