import { messages } from './message.ts';

/** Bookings for two doses at once and for several people. */
export const groupMessages = messages({
  mode: { ja: '予約のしかた', en: 'Way of booking' },
  single: { ja: '1回分', en: 'One dose' },
  pair: { ja: '2回分', en: 'Two doses' },
  group: { ja: '複数人', en: 'Several people' },
  waiting: { ja: 'キャンセル待ち', en: 'Waiting list' },
  companion: { ja: '付き添い', en: 'Companion' },
  pairHint: {
    ja: '↑↓ で1回目を選び、Enter で仮押さえ',
    en: '↑↓ to choose the first, Enter to hold',
  },
  secondDose: { ja: '{dose}回目の枠', en: 'Slot of dose {dose}' },
  standardDay: {
    ja: '標準の間隔では {date}、最短で {earliest} から',
    en: 'Standard day {date}, not before {earliest}',
  },
  noSecond: {
    ja: '{dose}回目に合う空きがありません。1回目を別の枠にするか、1回分だけ予約してください。',
    en: 'No seat fits dose {dose}. Choose another first slot, or book one dose only.',
  },
  pairSentence: {
    ja: '{first}回目を{date1}{time1}から{venue1}で、{second}回目を{date2}{time2}から{venue2}でお取りします。よろしいでしょうか。',
    en: 'I will book dose {first} on {date1} at {time1}, {venue1}, and dose {second} on {date2} at {time2}, {venue2}. Is that right?',
  },
  bookPair: { ja: '2回分を確定する', en: 'Book both' },
  pairBooked: { ja: '2回分の予約を確定しました', en: 'Both doses are booked' },
  members: { ja: 'いっしょに来る人', en: 'Who comes together' },
  memberCount: { ja: '{count}人', en: '({count})' },
  membersLead: {
    ja: '一人ずつ本人の項目で確認します。全員分が取れるときだけ予約します。',
    en: 'Each is verified by their own items. All are booked, or none.',
  },
  addMember: { ja: 'もう一人を確認', en: 'Verify one more' },
  memberNotConfirmed: {
    ja: '確認できませんでした(残り {count} 回)',
    en: 'Not confirmed ({count} tries left)',
  },
  memberMoreNeeded: { ja: 'あと一つおたずねください', en: 'Please ask for one more item' },
  memberDose: { ja: '{name} の回', en: 'Dose of {name}' },
  memberOut: { ja: '外す', en: 'Leave out' },
  leftOut: { ja: '今回は来ない', en: 'Does not come' },
  memberIn: { ja: '加える', en: 'Take in' },
  atDeskOnly: {
    ja: '担当席の案件では、まとめての確認はできません。一人ずつ予約してください。',
    en: 'At the supervisor desk people are booked one by one.',
  },
  needTwo: {
    ja: '二人以上を確認すると、全員で来られる枠を探せます。',
    en: 'With two or more people verified, slots for all can be found.',
  },
  span: { ja: '間隔', en: 'Within' },
  sameTime: { ja: '同じ時刻', en: 'Same time' },
  spanMinutes: { ja: '{count}分以内', en: '{count} min' },
  findAll: { ja: '全員の枠を探す', en: 'Find for all' },
  groupHint: { ja: '↑↓ で選び、Enter で復唱', en: '↑↓ to choose, Enter to read back' },
  nothingForAll: {
    ja: '全員で来られる枠がありません。会場・期間・間隔を広げてください。',
    en: 'No slots for all. Widen venue, range or span.',
  },
  groupSentence: {
    ja: '{count}名様を、{date}{time}から{venue}でお取りします。よろしいでしょうか。',
    en: 'I will book {count} people on {date} from {time} at {venue}. Is that right?',
  },
  groupSentenceWithin: {
    ja: '{count}名様を、{date}{time}から{span}分以内の席で、{venue}でお取りします。よろしいでしょうか。',
    en: 'I will book {count} people on {date} within {span} minutes from {time} at {venue}. Is that right?',
  },
  bookAll: { ja: '全員分を確定する', en: 'Book all' },
  allBooked: { ja: '全員分の予約を確定しました', en: 'All are booked' },
});
