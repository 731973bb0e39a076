import type { BirthDateFault } from '@madoguchi/kernel/birth-date';
import type { Message } from './message.ts';
import { messages } from './message.ts';

/** Why what was said is no birth date; `{date}` is the day that was probably meant. */
export const birthDateFaults = messages({
  future: { ja: '未来の日付です: {date}', en: 'That day lies ahead: {date}' },
  'outside-era': {
    ja: 'その元号にない日です。{date}ですか。聞き直してください',
    en: 'Not a day of that era. {date}? Please ask again',
  },
  'no-such-day': { ja: '暦にない日です', en: 'There is no such day' },
  'year-only': {
    ja: '年だけです。月日もおたずねください',
    en: 'A year only. Ask for month and day',
  },
  unreadable: { ja: '日付として読み取れません', en: 'Not readable as a date' },
} satisfies Record<BirthDateFault, Message>);
