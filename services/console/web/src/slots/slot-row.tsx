import type { ReactNode } from 'react';
import { shortDay } from '../format/dates.ts';
import type { Slot } from '../gateway/contract-types.ts';
import { useLanguage } from '../messages/language.tsx';

type SlotRowProps = {
  slot: Slot;
  /** The day is written once; below it stays readable for screen readers only. */
  firstOfDay: boolean;
  current: boolean;
  onFocus: () => void;
  onChoose: () => void;
};

export function SlotRow({ slot, firstOfDay, current, onFocus, onChoose }: SlotRowProps): ReactNode {
  const { language } = useLanguage();
  const day = shortDay(slot.date, language);
  return (
    <tr
      className={firstOfDay ? 'slot slot--first' : 'slot'}
      tabIndex={current ? 0 : -1}
      aria-selected={current}
      onFocus={onFocus}
      onClick={onChoose}
    >
      <td>{firstOfDay ? day : <span className="visually-hidden">{day}</span>}</td>
      <td>
        {slot.startsAt}–{slot.endsAt}
      </td>
      <td>
        {slot.venueName[language]} <small className="slot__town">{slot.town}</small>
      </td>
      <td className="slots__product">{slot.productName[language]}</td>
      <td className="number">{slot.free}</td>
    </tr>
  );
}
