import type { CalendarDate } from '@madoguchi/kernel/calendar-date';
import { mondayOf } from '@madoguchi/kernel/calendar-date';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { TextField } from '../design/field.tsx';
import { Notice } from '../design/notice.tsx';
import { shortDay } from '../format/dates.ts';
import type { CopiedSessions, Offer, SessionView } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { skippedDayNames } from '../messages/desk-names.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { sessionMessages } from '../messages/session-messages.ts';
import { FormDialog } from '../design/form-dialog.tsx';
import { VenueField } from './venue-field.tsx';

type CopySessionsDialogProps = {
  /** The week of this one is proposed. */
  session: SessionView | undefined;
  offer: Offer | undefined;
  venueCode: string;
  onClose: () => void;
  onDone: (sentence: string) => void;
};

const MOST_WEEKS = 26;

/** Copies a week; days that were left out are named before the dialog is closed. */
export function CopySessionsDialog(props: CopySessionsDialogProps): ReactNode {
  const { session, offer, onClose, onDone } = props;
  const { t } = useLanguage();
  const gateway = useGateway();
  const copy = useCommand(gateway.copySessions);
  const [venueCode, setVenueCode] = useState(session?.venueCode ?? props.venueCode);
  const [from, setFrom] = useState<string>(() =>
    session === undefined ? '' : mondayOf(session.day as CalendarDate),
  );
  const [weeks, setWeeks] = useState('1');
  const [copied, setCopied] = useState<CopiedSessions | undefined>(undefined);
  const count = /^\d{1,2}$/u.test(weeks) ? Number(weeks) : 0;
  const finish = (done: CopiedSessions): void =>
    onDone(
      done.skipped.length === 0
        ? t(sessionMessages.copied, { count: done.copied })
        : t(sessionMessages.copiedBut, { count: done.copied, left: done.skipped.length }),
    );
  const submit = async (): Promise<void> => {
    if (copied !== undefined) {
      finish(copied);
      return;
    }
    const answer = await copy.run({ venueCode, from, weeks: count, skipDays: [] });
    if (answer?.ok !== true) return;
    if (answer.value.skipped.length === 0) finish(answer.value);
    else setCopied(answer.value);
  };
  return (
    <FormDialog
      title={t(sessionMessages.copy)}
      {...(copied === undefined ? { lead: t(sessionMessages.copyLead) } : {})}
      action={t(copied === undefined ? sessionMessages.copy : general.close)}
      busy={copy.busy}
      ready={venueCode !== '' && from !== '' && count >= 1 && count <= MOST_WEEKS}
      problem={copy.problem}
      done={copied !== undefined}
      onSubmit={submit}
      onClose={copied === undefined ? onClose : () => finish(copied)}
    >
      {copied === undefined ? (
        <>
          <VenueField {...{ offer }} value={venueCode} onText={setVenueCode} />
          <div className="session-form session-form--two">
            <TextField
              label={t(sessionMessages.copyFrom)}
              type="date"
              value={from}
              onText={setFrom}
              bare
            />
            <TextField
              label={t(sessionMessages.weeks)}
              value={weeks}
              onText={setWeeks}
              inputMode="numeric"
              maxLength={2}
              aside={t(sessionMessages.weeksFrom)}
              bare
            />
          </div>
        </>
      ) : (
        <ByDay {...{ copied, offer }} />
      )}
    </FormDialog>
  );
}

/** What was done on every day, one below the other. */
function ByDay({ copied, offer }: { copied: CopiedSessions; offer: Offer | undefined }): ReactNode {
  const { language, t } = useLanguage();
  const nameOf = (code: string): string =>
    offer?.products.find(({ productCode }) => productCode === code)?.name[language] ?? code;
  const isMixed =
    new Set([...copied.made, ...copied.skipped].map(({ productCode }) => productCode)).size > 1;
  const made = copied.made.map((one) => ({
    ...one,
    said: t(sessionMessages.slotsOf, { count: one.slots }),
  }));
  const left = copied.skipped.map((one) => ({ ...one, said: t(skippedDayNames[one.reason]) }));
  return (
    <>
      <Notice tone={copied.copied === 0 ? 'warn' : 'good'}>
        {t(sessionMessages.copiedBut, { count: copied.copied, left: left.length })}
      </Notice>
      {[
        { title: sessionMessages.skipped, rows: left },
        { title: sessionMessages.made, rows: made },
      ].map(({ title, rows }) =>
        rows.length === 0 ? null : (
          <section key={title.ja}>
            <h3 className="field__label">{t(title)}</h3>
            <ul className="rows file-faults" tabIndex={0} aria-label={t(title)}>
              {rows.map(({ day, productCode, said }, place) => (
                // One day can have several sessions of a product.
                // oxlint-disable-next-line react/no-array-index-key
                <li key={`${day} ${place}`}>
                  <strong className="figures">{shortDay(day, language)}</strong> {said}
                  {isMixed ? <span className="rows__rest">{nameOf(productCode)}</span> : null}
                </li>
              ))}
            </ul>
          </section>
        ),
      )}
    </>
  );
}
