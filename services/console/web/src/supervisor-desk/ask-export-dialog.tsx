import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Choices } from '../design/choices.tsx';
import { Dialog } from '../design/dialog.tsx';
import { TextField } from '../design/field.tsx';
import { dayAndTime } from '../format/dates.ts';
import { exportMessages } from '../messages/export-messages.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { secondPersonMessages } from '../messages/second-person-messages.ts';
import { DeskConditions } from '../verification/desk-conditions.tsx';
import { useDeskConditions } from '../verification/use-desk-conditions.ts';
import { commandOf, selectionOf } from './export-draft.ts';
import type { ExportDraft } from './export-draft.ts';

const KINDS = { mailing: secondPersonMessages.mailing, notices: secondPersonMessages.noticesRun };
const WHATS = ['mailing', 'notices'] as const;

/** What is to leave the house by a command, agreed to by a second person before anybody runs it. */
export function AskExportDialog({ onClose }: { onClose: () => void }): ReactNode {
  const { t } = useLanguage();
  const [draft, setDraft] = useState<ExportDraft>({
    what: 'mailing',
    bornFrom: '',
    bornTo: '',
    limit: '1000',
  });
  const selection = selectionOf(draft);
  const change = (part: Partial<ExportDraft>): void =>
    setDraft((before) => ({ ...before, ...part }));
  return (
    <Dialog title={t(exportMessages.title)} onClose={onClose}>
      <p>{t(exportMessages.lead)}</p>
      <div className="stack">
        <Choices
          label={t(secondPersonMessages.list)}
          value={draft.what}
          options={WHATS.map((value) => ({ value, label: t(KINDS[value]) }))}
          onChoose={(what) => change({ what })}
          digits
          focusFirst
        />
        <ExtentFields {...{ draft, change }} />
        {selection === undefined ? (
          <p className="soft">{t(exportMessages.incomplete)}</p>
        ) : (
          <AskFor key={selection} {...{ draft, selection }} />
        )}
        <div className="dialog__actions">
          <Button hint="Esc" onClick={onClose}>
            {t(general.close)}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

type ExtentFieldsProps = { draft: ExportDraft; change: (part: Partial<ExportDraft>) => void };

function ExtentFields({ draft, change }: ExtentFieldsProps): ReactNode {
  const { t } = useLanguage();
  const { what, bornFrom, bornTo, limit } = draft;
  if (what === 'notices')
    return (
      <TextField
        label={t(exportMessages.limit)}
        value={limit}
        onText={(text) => change({ limit: text })}
        inputMode="numeric"
        maxLength={5}
        bare
      />
    );
  return (
    <div className="session-form session-form--two">
      <TextField
        label={t(exportMessages.bornFrom)}
        type="date"
        value={bornFrom}
        onText={(text) => change({ bornFrom: text })}
        bare
      />
      <TextField
        label={t(exportMessages.bornTo)}
        type="date"
        value={bornTo}
        onText={(text) => change({ bornTo: text })}
        bare
      />
    </div>
  );
}

/** Asked for once for exactly this; when it is agreed to, the command that uses it stands there to be copied. */
function AskFor({ draft, selection }: { draft: ExportDraft; selection: string }): ReactNode {
  const { language, t } = useLanguage();
  const conditions = useDeskConditions({ kind: 'export', selection });
  const { approval, ready } = conditions;
  const command = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!ready) return;
    command.current?.focus();
    command.current?.select();
  }, [ready]);
  return (
    <>
      <DeskConditions desk={conditions} />
      {approval === undefined || !ready ? null : (
        <TextField
          ref={command}
          label={t(exportMessages.command)}
          value={commandOf(draft, approval.approvalId)}
          onText={() => undefined}
          readOnly
          note={t(exportMessages.usable, { until: dayAndTime(approval.expiresAt, language) })}
        />
      )}
    </>
  );
}
