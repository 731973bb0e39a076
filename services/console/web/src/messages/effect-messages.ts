import { messages } from './message.ts';

/** What a change of the catalogue would do to bookings, before it is saved. */
export const effectMessages = messages({
  title: { ja: '予約への影響', en: 'Effect on bookings' },
  check: { ja: '予約への影響を確かめる', en: 'Check the effect on bookings' },
  nobody: {
    ja: '影響する予約はありません(明日以降の予約 {bookings}件を判定しました)。',
    en: 'No booking is affected ({bookings} from tomorrow on were judged).',
  },
  toCall: {
    ja: '保存すると、{count}件の予約が折返しの一覧に載ります(明日以降の予約 {bookings}件のうち)。取り消しはしません。',
    en: 'Saved, it puts {count} of {bookings} bookings on the callback list; none is cancelled.',
  },
  onClosingDays: {
    ja: '会場が休みになる日に {count}件の予約があります。保存したあと、予約枠の画面でその日を休止すると折返しの一覧に載ります。',
    en: '{count} bookings are on days on which the venue would be closed. Close these days under Sessions afterwards to have the people called.',
  },
  ofProductsTakenOff: {
    ja: '会場が扱わなくなるワクチンに {count}件の予約があります。保存したあと、予約枠の画面で「要休止」の枠を休止すると折返しの一覧に載ります。',
    en: '{count} bookings are of a vaccine that the venue would give no more. Close the sessions marked so under Sessions afterwards to have the people called.',
  },
  outsideHours: {
    ja: '会場の時間の外になる枠に {count}件の予約があります。予約は残ります。保存したあと、予約枠の画面で「時間外」の枠を確かめてください。',
    en: '{count} bookings are in slots outside the new hours. They stay; look at the sessions marked so under Sessions afterwards.',
  },
  alreadyToCall: {
    ja: 'ルールに合わないため、すでに一覧に載っている予約:{count}件',
    en: 'On the list for their rules already: {count}',
  },
  allowedAgain: {
    ja: '再び受けられるようになり、一覧から外れる予約:{count}件',
    en: 'Allowed again, and taken off the list: {count}',
  },
  saveNow: {
    ja: 'よければ、もう一度 Enter で保存してください。',
    en: 'If that is meant, press Enter again to save.',
  },
  notCounted: {
    ja: '影響を数えられませんでした。保存はできます。保存後に合わなくなった予約は、折返しの一覧に載ります。',
    en: 'The effect could not be counted. It can be saved all the same; bookings that no longer fit come on the callback list.',
  },
  byReason: { ja: '理由ごとの件数', en: 'By reason' },
  byVenueWeek: { ja: '会場・週ごとの件数', en: 'By venue and week' },
  venue: { ja: '会場', en: 'Venue' },
  week: { ja: '週', en: 'Week' },
  weekOf: { ja: '{day}からの週', en: 'Week of {day}' },
  bookings: { ja: '予約', en: 'Bookings' },
  count: { ja: '{count}件', en: '{count}' },
});
