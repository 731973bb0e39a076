import { messages } from './message.ts';

export const venueDayMessages = messages({
  title: { ja: '会場当日', en: 'Venue day' },
  venue: { ja: '会場', en: 'Venue' },
  noVenue: {
    ja: '担当の会場が登録されていません。運営管理者か区の担当に割り当てを依頼してください。',
    en: 'No venue is assigned to you. Ask the operations manager or the city.',
  },
  lookUp: { ja: '来場者を確かめる', en: 'Look up a visitor' },
  number: { ja: '予約番号か接種券番号', en: 'Booking or ticket number' },
  numberWrong: {
    ja: '予約番号は9桁、接種券番号は10桁です',
    en: 'A booking number has 9 digits, a ticket number 10',
  },
  numberMistyped: {
    ja: '予約番号の検査数字が合いません。読み直してください',
    en: 'The check digit does not fit; read it again',
  },
  birthMissing: { ja: '生年月日を入力してください', en: 'Enter the birth date' },
  find: { ja: '確かめる', en: 'Look up' },
  notHere: {
    ja: '本日この会場の予約に、番号と生年月日の両方が合うものはありません。券と本人の申し出をもう一度確かめてください。',
    en: 'No booking of today at this venue fits both number and birth date. Check the paper and ask again.',
  },
  notConfirmed: {
    ja: '接種券番号と生年月日を確認できません。区の窓口へ案内してください。',
    en: 'Ticket number and birth date are not confirmed. Send the visitor to the city.',
  },
  before: {
    ja: '番号と生年月日を入力し、Enter を押してください。',
    en: 'Type number and birth date, then Enter.',
  },
  outcome: { ja: '結果', en: 'Outcome' },
  why: { ja: '理由', en: 'Why' },
  record: { ja: '記録する', en: 'Record' },
  recorded: { ja: '{number} を「{outcome}」と記録しました。', en: '{number}: {outcome}.' },
  done: { ja: '次の来場者へ', en: 'Next visitor' },
  walkInLead: {
    ja: '本日の予約はありません。空いている当日枠に受け付け、来場として記録します。',
    en: 'No booking today. Takes a free walk-in seat and records that they came.',
  },
  dose: { ja: '何回目', en: 'Dose' },
  bookWalkIn: { ja: '当日枠を取る', en: 'Take a seat' },
  walkInDone: {
    ja: '{time} の当日枠で受け付けました。予約番号 {number}',
    en: 'Walk-in at {time}. Number {number}',
  },
  overview: { ja: '本日の状況', en: 'Today' },
  time: { ja: '時刻', en: 'Time' },
  seats: { ja: '席', en: 'Seats' },
  expected: { ja: '来場待ち', en: 'Expected' },
  walkInSeats: { ja: '当日枠', en: 'Walk-in' },
  total: { ja: '計', en: 'Total' },
  noSlots: { ja: '本日この会場に枠はありません', en: 'No slot here today' },
  closed: { ja: '休止', en: 'Closed' },
  lastMarks: { ja: '直近の記録', en: 'Last records' },
  noMarks: { ja: 'まだ記録はありません', en: 'Nothing recorded yet' },
  correct: { ja: '訂正', en: 'Correct' },
  correctTitle: { ja: '{number} の記録を訂正', en: 'Correct {number}' },
  daySheet: { ja: '当日名簿', en: 'Day sheet' },
  daySheetLead: {
    ja: '名簿は氏名の一覧です。理由を添えて承認を求め、承認されたら取り出します。',
    en: 'The sheet lists names. Give a reason; once a second person agrees, fetch it.',
  },
  format: { ja: '形式', en: 'Format' },
  fetchSheet: { ja: '名簿を取り出す', en: 'Fetch the sheet' },
  fetched: { ja: '名簿を保存しました。', en: 'The sheet was saved.' },
});
