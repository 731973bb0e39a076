import { useState } from 'react';
import type { ReactNode } from 'react';
import { SelectField, TextField } from '../design/field.tsx';
import type { NewSession, Offer } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { useLanguage } from '../messages/language.tsx';
import { sessionMessages } from '../messages/session-messages.ts';
import { bookingMessages } from '../messages/task-messages.ts';
import { FormDialog } from '../design/form-dialog.tsx';
import { QuotaFields } from './quota-fields.tsx';
import { GapFields } from './gap-fields.tsx';
import { isHalf, newSessionOf, previewOf } from './session-draft.ts';
import type { SessionDraft } from './session-draft.ts';
import { useSessionDraft } from './use-session-draft.ts';
import { VenueField } from './venue-field.tsx';

type OpenSessionDialogProps = {
  offer: Offer | undefined;
  venueCode: string;
  onClose: () => void;
  onDone: (sentence: string) => void;
};

const TIMES = ['startsAt', 'endsAt'] as const;
const FIGURES = [
  ['slotMinutes', sessionMessages.slotMinutes],
  ['capacity', sessionMessages.seatsOfSlot],
  ['extraAtStart', sessionMessages.extraAtStart],
] as const;

/** A day of a venue: the slots that the pattern gives are counted while it is typed. */
export function OpenSessionDialog(props: OpenSessionDialogProps): ReactNode {
  const { offer, venueCode, onClose, onDone } = props;
  const { t } = useLanguage();
  const gateway = useGateway();
  const open = useCommand(gateway.openSession);
  const { draft, hours, change } = useSessionDraft(venueCode);
  const [now] = useState(() => new Date());
  const session = newSessionOf(draft, now);
  const submit = async (): Promise<void> => {
    if (session === undefined) return;
    const answer = await open.run(session);
    if (answer?.ok === true) onDone(t(sessionMessages.opened, { count: answer.value.slots }));
  };
  return (
    <FormDialog
      title={t(sessionMessages.open)}
      action={t(sessionMessages.open)}
      busy={open.busy}
      ready={session !== undefined}
      problem={open.problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <PlaceAndDay {...{ draft, offer }} onChange={change} />
      {hours.length === 0 ? null : (
        <p className="soft">
          {t(sessionMessages.venueHours, {
            hours: hours.map(({ opens, closes }) => `${opens}–${closes}`).join('、'),
          })}
        </p>
      )}
      <div className="session-form session-form--five">
        {TIMES.map((name) => (
          <TextField
            key={name}
            label={t(sessionMessages[name])}
            type="time"
            value={draft[name]}
            onText={(time) => change({ [name]: time })}
            bare
          />
        ))}
        {FIGURES.map(([name, label]) => (
          <TextField
            key={name}
            label={t(label)}
            value={draft[name]}
            onText={(figure) => change({ [name]: figure })}
            inputMode="numeric"
            maxLength={4}
            bare
          />
        ))}
      </div>
      <GapFields gaps={draft.gaps} onGaps={(gaps) => change({ gaps })} />
      <QuotaFields
        capacity={Number(draft.capacity)}
        quotas={draft.quotas}
        onQuotas={(quotas) => change({ quotas })}
      />
      <BookingWindow {...{ draft }} onChange={change} />
      <Preview {...{ draft, session }} />
    </FormDialog>
  );
}

/** How many slots and seats it would be, or what is missing. */
function Preview({ draft, session }: { draft: SessionDraft; session: NewSession | undefined }) {
  const { t } = useLanguage();
  const half = draft.gaps.some(isHalf);
  if (session === undefined)
    return (
      <p className="soft" role="status">
        {t(half ? sessionMessages.gapHalf : sessionMessages.needAll)}
      </p>
    );
  const { startsAt, capacity, extraAtStart } = session.pattern;
  const first = { time: startsAt, seats: capacity + extraAtStart };
  return (
    <p className="soft" role="status">
      {t(sessionMessages.preview, previewOf(session))}
      {extraAtStart === 0 ? '' : `・${t(sessionMessages.firstSlot, first)}`}
    </p>
  );
}

type PartProps = { draft: SessionDraft; onChange: (part: Partial<SessionDraft>) => void };

function PlaceAndDay(props: PartProps & { offer: Offer | undefined }): ReactNode {
  const { draft, offer, onChange } = props;
  const { language, t } = useLanguage();
  const products = offer?.products ?? [];
  return (
    <>
      <VenueField
        {...{ offer }}
        value={draft.venueCode}
        onText={(venueCode) => onChange({ venueCode })}
      />
      <div className="session-form session-form--two">
        <SelectField
          label={t(bookingMessages.product)}
          value={draft.productCode}
          onText={(productCode) => onChange({ productCode })}
          options={[
            { value: '', label: '―' },
            ...products.map(({ productCode, name }) => ({
              value: productCode,
              label: name[language],
            })),
          ]}
        />
        <TextField
          label={t(sessionMessages.day)}
          type="date"
          value={draft.day}
          onText={(day) => onChange({ day })}
          bare
        />
      </div>
    </>
  );
}

function BookingWindow({ draft, onChange }: PartProps): ReactNode {
  const { t } = useLanguage();
  return (
    <div className="session-form session-form--two">
      {(['opensAt', 'closesAt'] as const).map((name) => (
        <TextField
          key={name}
          label={t(sessionMessages[name])}
          type="datetime-local"
          value={draft[name]}
          onText={(time) => onChange({ [name]: time })}
          bare
        />
      ))}
    </div>
  );
}
