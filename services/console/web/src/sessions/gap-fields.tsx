import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { TextField } from '../design/field.tsx';
import { useLanguage } from '../messages/language.tsx';
import { sessionMessages } from '../messages/session-messages.ts';
import type { GapDraft } from './session-draft.ts';

type GapFieldsProps = { gaps: readonly GapDraft[]; onGaps: (gaps: GapDraft[]) => void };

/** As many as a pattern takes. */
const MOST_GAPS = 10;

/** Times without slots: lunch, catching up. */
export function GapFields({ gaps, onGaps }: GapFieldsProps): ReactNode {
  const { t } = useLanguage();
  const change = (place: number, part: Partial<GapDraft>): void =>
    onGaps(gaps.map((gap, index) => (index === place ? { ...gap, ...part } : gap)));
  return (
    <div className="session-form session-form--gaps">
      {gaps.map((gap, place) => (
        // A gap is nothing but its place in the list.
        // oxlint-disable-next-line react/no-array-index-key
        <div className="session-gap" key={place}>
          <TextField
            label={t(sessionMessages.gapFrom)}
            type="time"
            value={gap.from}
            onText={(from) => change(place, { from })}
            bare
          />
          <TextField
            label={t(sessionMessages.gapTo)}
            type="time"
            value={gap.to}
            onText={(to) => change(place, { to })}
            bare
          />
          <Button kind="quiet" onClick={() => onGaps(gaps.filter((_, index) => index !== place))}>
            {t(sessionMessages.dropGap)}
          </Button>
        </div>
      ))}
      {gaps.length === MOST_GAPS ? null : (
        <Button kind="quiet" onClick={() => onGaps([...gaps, { from: '', to: '' }])}>
          {t(sessionMessages.addGap)}
        </Button>
      )}
    </div>
  );
}
