import { useState } from 'react';
import type { ReactNode } from 'react';
import { missingCharacters } from '../call-desk/reason-length.ts';
import { WrittenReason } from '../call-desk/written-reason.tsx';
import { ForeseenNotice } from '../catalogue-entry/foreseen-notice.tsx';
import { useForeseen } from '../catalogue-entry/use-foreseen.ts';
import { FormDialog } from '../design/form-dialog.tsx';
import { TextField } from '../design/field.tsx';
import type { ListedRule } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { effectMessages } from '../messages/effect-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { ruleMessages } from '../messages/rule-messages.ts';

type EndRuleDialogProps = {
  rule: ListedRule;
  /** Of the catalogue in which it was read. */
  version: number;
  onClose: () => void;
  /** The version of the rules after it. */
  onEnded: (version: number) => void;
};

export function EndRuleDialog({ rule, version, onClose, onEnded }: EndRuleDialogProps): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const put = useCommand(gateway.putDoseRule);
  const [validTo, setValidTo] = useState(rule.validTo ?? '');
  const [reason, setReason] = useState('');
  const missing = missingCharacters(reason);
  const { revision, ...row } = rule;
  const ended = { ...row, validTo };
  const foreseeing = useForeseen(version);
  const foreseen = foreseeing.of(ended);
  const submit = async (): Promise<void> => {
    if (foreseen === undefined) {
      await foreseeing.count(ended, [{ kind: 'dose-rule', row: ended }]);
      return;
    }
    const answer = await put.run({ rule: ended, revision, reason: reason.trim() });
    if (answer?.ok === true) onEnded(answer.value.version);
  };
  return (
    <FormDialog
      title={t(ruleMessages.endTitle)}
      lead={t(ruleMessages.endLead, { rule: rule.ruleCode })}
      action={t(foreseen === undefined ? effectMessages.check : ruleMessages.endRule)}
      kind="danger"
      busy={put.busy || foreseeing.busy}
      ready={validTo !== '' && missing === 0}
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
      <WrittenReason value={reason} onText={setReason} />
      <ForeseenNotice {...{ foreseen }} />
    </FormDialog>
  );
}
