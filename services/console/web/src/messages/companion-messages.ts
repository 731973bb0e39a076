import { messages } from './message.ts';

/** A seat for somebody who comes along, beside another booking. */
export const companionMessages = messages({
  lead: {
    ja: '予約のある人の隣に、もう一人の席を取ります。同じ時刻が埋まっていれば、前後30分以内で探します。',
    en: 'A seat beside somebody’s booking: at the same time, else within half an hour of it.',
  },
  who: { ja: '席を取る人', en: 'Who gets the seat' },
  beside: { ja: 'だれの予約の隣か', en: 'Beside whose booking' },
  number: { ja: '予約番号と生年月日を聞く', en: 'By number and birth date that are said' },
  confirmationNumber: { ja: '相手の予約番号', en: 'Their booking number' },
  dateOfBirth: { ja: '相手の生年月日', en: 'Their birth date' },
  numberMissing: { ja: '相手の予約番号を入力してください', en: 'Enter their booking number' },
  birthMissing: { ja: '相手の生年月日を入力してください', en: 'Enter their birth date' },
  birthWrong: { ja: '相手の生年月日を確かめてください', en: 'Check their birth date' },
  numberHint: { ja: '聞き取ったとおりに', en: 'As the caller says it' },
  next: { ja: '復唱へ進む', en: 'Read back' },
  besideBooking: {
    ja: '{name}様の、{date}{time}からの予約',
    en: 'the booking of {name} on {date} at {time}',
  },
  besideNumber: { ja: '予約番号 {number} の予約', en: 'the booking with the number {number}' },
  sentence: {
    ja: '{beside}の隣に、{name}様の{dose}回目の席をお取りします。同じ時刻が埋まっているときは、前後30分以内になります。よろしいでしょうか。',
    en: 'I will book dose {dose} for {name} beside {beside}, or within half an hour of it. Is that right?',
  },
  book: { ja: '隣の席を確定する', en: 'Book the seat beside' },
  sameTime: { ja: '{name}様は同じ時刻の席です。', en: '{name} sits at the same time.' },
  minutesAfter: {
    ja: '{name}様は{minutes}分あとの席です。',
    en: '{name} sits {minutes} minutes later.',
  },
  minutesBefore: {
    ja: '{name}様は{minutes}分前の席です。',
    en: '{name} sits {minutes} minutes before.',
  },
  alone: { ja: '近い空き枠を探す', en: 'Find a slot near it' },
});
