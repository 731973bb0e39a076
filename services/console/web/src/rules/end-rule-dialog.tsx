import { useState } from 'react';
import type { ReactNode } from 'react';
import { missingCharacters } from '../call-desk/reason-length.ts';
import { FormDialog } from '../design/form-dialog.tsx';
import { TextField } from '../design/field.tsx';
import type { ListedRule } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { callMessages } from '../messages/call-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { ruleMessages } from '../messages/rule-messages.ts';

type EndRuleDialogProps = {
  rule: ListedRule;
  onClose: () => void;
  /** The version of the rules after it. */
  onEnded: (version: number) => void;
};

export function EndRuleDialog({ rule, onClose, onEnded }: EndRuleDialogProps): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const put = useCommand(gateway.putDoseRule);
  const [validTo, setValidTo] = useState(rule.validTo ?? '');
  const [reason, setReason] = useState('');
  const missing = missingCharacters(reason);
  const submit = async (): Promise<void> => {
    const { revision, ...row } = rule;
    const answer = await put.run({ rule: { ...row, validTo }, revision, reason: reason.trim() });
    if (answer?.ok === true) onEnded(answer.value.version);
  };
  return (
    <FormDialog
      title={t(ruleMessages.endTitle)}
      lead={t(ruleMessages.endLead, { rule: rule.ruleCode })}
      action={t(ruleMessages.endRule)}
      kind="danger"
      busy={put.busy || validTo === '' || missing > 0}
      problem={put.problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        data-first-focus
        label={t(ruleMessages.validTo)}
        type="date"
        value={validTo}
        onText={setValidTo}
        bare
      />
      <TextField
        label={t(ruleMessages.reason)}
        value={reason}
        onText={setReason}
        maxLength={500}
        note={missing > 0 ? t(callMessages.reasonShort, { count: missing }) : ''}
      />
    </FormDialog>
  );
}
