import { messages } from './message.ts';

/** The waiting list, its numbers and the seats that are kept from it. */
export const waitingMessages = messages({
  noWaiting: { ja: 'この人のキャンセル待ちはありません', en: 'Not on the waiting list' },
  ticket: { ja: '整理番号', en: 'Callback number' },
  wish: { ja: '希望', en: 'Wish' },
  reversed: { ja: '「いつから」以降の日にしてください', en: 'It must not be before “From”' },
  since: { ja: '登録', en: 'Waiting since' },
  ahead: { ja: '順番', en: 'Line' },
  aheadNone: { ja: '先頭(同じ席を待つ人が前にいません)', en: 'First for these seats' },
  aheadOf: {
    ja: '同じ席を待つ人が前に{count}人',
    en: '{count} ahead who wait for the same seats',
  },
  missed: { ja: '返事のなかった案内', en: 'Offers not answered' },
  missedTimes: { ja: '{count}回', en: '{count}' },
  passedOver: { ja: '見送り', en: 'Passed over' },
  passedTimes: { ja: '{reason}({times}回)', en: '{reason} ({times})' },
  offerTitle: { ja: '確保中の席', en: 'Seat kept for them' },
  offerUntil: { ja: '{time} まで', en: 'until {time}' },
  offerLeft: { ja: '残り {time}', en: '{time} left' },
  offerSentence: {
    ja: '{date}{time}から、{venue}に空きが出ました。お取りしますか。',
    en: 'A seat is free at {venue} on {date} at {time}. Would you like it?',
  },
  freeSentence: {
    ja: '{date}{time}から、{venue}でしたら、いま空きがございます。このままお取りしますか。',
    en: 'There is a free seat at {venue} on {date} at {time} now. Shall I book it for you?',
  },
  offerRanOut: {
    ja: 'お返事の期限が過ぎました。この席は次の方へ回ります。',
    en: 'The time to answer is over. The seat goes to the next.',
  },
  offerWentOn: {
    ja: '{date}{time}、{venue}のご案内は、お返事の期限が過ぎました。席は次の方へ回りました。',
    en: 'The time to answer for {venue} on {date} at {time} is over. The seat went to the next.',
  },
  offerGoneSentence: {
    ja: '申し訳ございません。ご案内した席はお取りできなくなりました。次に空きが出ましたら、あらためてご案内します。',
    en: 'I am sorry. The seat we kept for you is no longer available. We will tell you of the next.',
  },
  accept: { ja: 'この席を予約する', en: 'Book this seat' },
  declineStay: { ja: '見送って待ち続ける', en: 'Decline and keep waiting' },
  declineLeave: { ja: '見送って取りやめる', en: 'Decline and leave' },
  declined: {
    ja: '案内した席を見送りました。引き続き空きをお待ちいただけます。',
    en: 'The seat was declined. They go on waiting.',
  },
  join: { ja: 'キャンセル待ちに加える', en: 'Join the waiting list' },
  joinTitle: { ja: '新しく待つ', en: 'Wait for a seat' },
  joined: { ja: 'キャンセル待ちに加えました。', en: 'On the waiting list.' },
  joinedSentence: {
    ja: '整理番号は {number} です。空きが出ましたらお電話します。つながらなかったときは、この番号を添えて折り返しお電話ください。',
    en: 'The callback number is {number}. We call when a seat is free. If we do not reach you, call back with this number.',
  },
  toList: { ja: 'キャンセル待ちを見る', en: 'To the waiting list' },
  leave: { ja: '待つのをやめる', en: 'Leave the list' },
  leftNow: { ja: 'キャンセル待ちから外しました。', en: 'Off the list.' },
  reach: { ja: '空きの知らせ方', en: 'How to tell' },
  until: { ja: 'いつまで', en: 'Until' },
  place: { ja: '場所', en: 'Place' },
});
