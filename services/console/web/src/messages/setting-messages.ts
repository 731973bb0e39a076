import type { ReservationSettings } from '../gateway/contract-types.ts';
import { messages } from './message.ts';
import type { Message } from './message.ts';

export const settingMessages = messages({
  view: { ja: '設定', en: 'Settings' },
  title: { ja: '電話をかける時間と予約枠の設定', en: 'Calling hours and sessions' },
  lead: {
    ja: 'キャンセル待ちの案内の電話は、この時間だけにかけます。すでに出した案内の期限は変わりません。',
    en: 'People are called about waiting-list offers in these hours only. Offers that stand keep their time.',
  },
  edit: { ja: '設定を直す', en: 'Change the settings' },
  saved: { ja: '設定を改めました。', en: 'The settings were changed.' },
  history: { ja: '経緯', en: 'History' },
  noHistory: { ja: 'まだ改めていません', en: 'Nothing was changed yet' },
  callingHours: { ja: '電話をかける時間', en: 'Calling hours' },
  hours: { ja: '{from}–{to}', en: '{from}–{to}' },
  minutes: { ja: '{count}分', en: '{count} minutes' },
  days: { ja: '{count}日先まで', en: 'up to {count} days ahead' },
  times: { ja: '{count}回', en: '{count} times' },
  noDay: { ja: 'なし', en: 'None' },
  changedMeanwhile: {
    ja: '入力のあいだに、ほかの人が設定を改めました。いまの設定を見て、もう一度保存してください。入力はそのままです。',
    en: 'Somebody changed the settings meanwhile. Look at them as they are and save again; what you typed is still here.',
  },
  now: { ja: 'いまは {value}', en: 'now {value}' },
});

/** Members of the settings, as fields and in their history. */
export const settingNames: Record<keyof ReservationSettings, Message> = {
  callingFrom: { ja: '電話をかける時間 から', en: 'Calls from' },
  callingTo: { ja: '電話をかける時間 まで', en: 'Calls until' },
  callingWeekdays: { ja: '電話をかける曜日', en: 'Weekdays of calls' },
  callsOnHolidays: { ja: '祝日・年末年始もかける', en: 'Calls on holidays too' },
  closedDays: { ja: '電話をかけない日', en: 'Days without calls' },
  phoneMinutes: { ja: '電話の案内の期限(分)', en: 'Offer by telephone stands, minutes' },
  webMinutes: { ja: 'Webの案内の期限(分)', en: 'Offer on the web stands, minutes' },
  shortestMinutes: { ja: '案内に要る最短の時間(分)', en: 'Shortest time for an offer, minutes' },
  offersToMiss: { ja: '列から外すまでの不応答(回)', en: 'Missed offers until off the list' },
  sessionDaysAhead: { ja: '予約枠を開ける先(日)', en: 'Sessions open so many days ahead' },
};
