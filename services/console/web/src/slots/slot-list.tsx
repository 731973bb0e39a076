import { useEffect, useEffectEvent } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { useGridRows } from '../design/use-grid-rows.ts';
import type { Slot } from '../gateway/contract-types.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { bookingMessages } from '../messages/task-messages.ts';
import { SlotRow } from './slot-row.tsx';

type SlotListProps = {
  slots: readonly Slot[];
  /** Shows more than these; absent where there are no more. */
  onMore?: () => void;
  /** Grows when a search of the operator has ended: the list takes the focus. */
  asked: number;
  /** The slot that the operator came back from: the focus goes to it and not to the first. */
  returnTo?: string | undefined;
  /** What Enter does with a slot. */
  hint: string;
  onChoose: (slot: Slot) => void;
};

/**
 * Free slots as a grid with one tab stop: arrows, Home, End and page keys move, Enter chooses. A click
 * chooses too.
 */
export function SlotList(props: SlotListProps): ReactNode {
  const { slots, onMore, asked, returnTo, hint, onChoose } = props;
  const { t } = useLanguage();
  const { body, index, setAt, move } = useGridRows(slots.length);
  const takeFocus = useEffectEvent(() => {
    const back = slots.findIndex(({ slotId }) => slotId === returnTo);
    body.current?.rows[Math.max(0, back)]?.focus();
  });
  useEffect(() => {
    if (asked > 0) takeFocus();
  }, [asked]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const slot = slots[index];
    if (!move(event) && (event.key === 'Enter' || event.key === ' ') && slot !== undefined) {
      event.preventDefault();
      onChoose(slot);
    }
  };
  return (
    <div className="slots">
      <p className="slots__hint">
        <strong>
          {t(bookingMessages[onMore === undefined ? 'found' : 'foundFirst'], {
            count: slots.length,
          })}
        </strong>
        <span>{hint}</span>
      </p>
      <div className="slots__scroll">
        <table className="table" role="grid" aria-label={t(bookingMessages.results)}>
          <thead>
            <tr>
              <th scope="col">{t(bookingMessages.day)}</th>
              <th scope="col">{t(bookingMessages.hour)}</th>
              <th scope="col">{t(bookingMessages.venue)}</th>
              <th scope="col" className="slots__product">
                {t(bookingMessages.product)}
              </th>
              <th scope="col" className="number">
                {t(bookingMessages.free)}
              </th>
            </tr>
          </thead>
          <tbody ref={body} onKeyDown={onKeyDown}>
            {slots.map((slot, row) => (
              <SlotRow
                key={slot.slotId}
                slot={slot}
                firstOfDay={slot.date !== slots[row - 1]?.date}
                current={row === index}
                onFocus={() => setAt(row)}
                onChoose={() => onChoose(slot)}
              />
            ))}
          </tbody>
        </table>
        {onMore === undefined ? null : (
          <Button kind="quiet" wide onClick={onMore}>
            {t(general.more)}
          </Button>
        )}
      </div>
    </div>
  );
}
