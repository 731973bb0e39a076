import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { nextRow } from '../design/next-row.ts';
import type { Slot } from '../gateway/contract-types.ts';
import { useLanguage } from '../messages/language.tsx';
import { bookingMessages } from '../messages/task-messages.ts';
import { SlotRow } from './slot-row.tsx';

type SlotListProps = {
  slots: readonly Slot[];
  /** Grows when a search of the operator has ended: the list takes the focus. */
  asked: number;
  /** What Enter does with a slot. */
  hint: string;
  onChoose: (slot: Slot) => void;
};

/**
 * Free slots as a grid with one tab stop: arrows, Home, End and page keys move, Enter chooses. A click
 * chooses too.
 */
export function SlotList({ slots, asked, hint, onChoose }: SlotListProps): ReactNode {
  const { t } = useLanguage();
  const [at, setAt] = useState(0);
  const body = useRef<HTMLTableSectionElement>(null);
  useEffect(() => {
    if (asked > 0) body.current?.rows[0]?.focus();
  }, [asked]);
  const index = Math.min(at, slots.length - 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const slot = slots[index];
    const next = nextRow(event.key, index, slots.length);
    if (next !== undefined) {
      event.preventDefault();
      body.current?.rows[next]?.focus();
    } else if ((event.key === 'Enter' || event.key === ' ') && slot !== undefined) {
      event.preventDefault();
      onChoose(slot);
    }
  };
  return (
    <div className="slots">
      <p className="slots__hint">
        <strong>{t(bookingMessages.found, { count: slots.length })}</strong>
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
      </div>
    </div>
  );
}
