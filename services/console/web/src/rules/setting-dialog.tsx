import { useState } from 'react';
import type { ReactNode } from 'react';
import { missingCharacters } from '../call-desk/reason-length.ts';
import { WrittenReason } from '../call-desk/written-reason.tsx';
import { FormDialog } from '../design/form-dialog.tsx';
import { Notice } from '../design/notice.tsx';
import type { ReservationSettings, ShownSettings } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { catalogueMessages } from '../messages/catalogue-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { settingMessages } from '../messages/setting-messages.ts';
import { draftOfSettings, readSettings } from './setting-draft.ts';
import { SettingFields } from './setting-fields.tsx';

type SettingDialogProps = {
  shown: ShownSettings;
  onClose: () => void;
  onSaved: (sentence: string) => void;
};

/** The settings in their fields; nothing typed is lost, whatever is refused. */
export function SettingDialog({ shown, onClose, onSaved }: SettingDialogProps): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const change = useCommand(gateway.changeSettings);
  const [draft, setDraft] = useState(() => draftOfSettings(shown.settings));
  const [wrong, setWrong] = useState<readonly (keyof ReservationSettings)[]>([]);
  const [reason, setReason] = useState('');
  const [standing, setStanding] = useState<ShownSettings | undefined>(undefined);
  const submit = async (): Promise<void> => {
    const read = readSettings(draft);
    setWrong(read.ok ? [] : read.wrong);
    if (!read.ok || missingCharacters(reason) > 0) return;
    const { revision } = standing ?? shown;
    const answer = await change.run({ settings: read.settings, revision, reason: reason.trim() });
    if (answer?.ok === true) onSaved(t(settingMessages.saved));
    if (answer?.ok === false && answer.problem.code === 'changed_meanwhile') {
      const now = await gateway.showSettings({});
      if (now.ok) setStanding(now.value);
    }
  };
  return (
    <FormDialog
      title={t(settingMessages.edit)}
      lead={t(settingMessages.lead)}
      action={t(catalogueMessages.save)}
      busy={change.busy}
      problem={standing === undefined ? change.problem : undefined}
      onSubmit={submit}
      onClose={onClose}
    >
      {standing === undefined ? null : (
        <Notice tone="warn">{t(settingMessages.changedMeanwhile)}</Notice>
      )}
      <SettingFields
        {...{ draft, wrong }}
        standing={standing?.settings}
        onChange={(part) => setDraft((before) => ({ ...before, ...part }))}
      />
      <WrittenReason value={reason} onText={setReason} />
    </FormDialog>
  );
}
