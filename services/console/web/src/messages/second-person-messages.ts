import type { SessionChange } from '@madoguchi/contracts';
import type { ApprovalKind, EmergencyState } from '../gateway/contract-types.ts';
import { messages } from './message.ts';
import type { Names } from './names.ts';

/** What a yes allows; the person who decides reads it before what is asked for. */
export const approvalMeanings: Names<ApprovalKind> = {
  'desk-verification': {
    ja: '承認すると、申請者は担当席のこの案件に限り、支援措置の対象者も含めて本人を照合できます。',
    en: 'Lets them verify the person of this one case at the desk, protected people included.',
  },
  'break-glass': {
    ja: '承認すると、申請者は緊急の案件としてこの一人の記録を開けます。',
    en: 'Lets them open one person’s record in this emergency case.',
  },
  export: {
    ja: '承認すると、次の名簿を持ち出せます。ほかの名簿には使えません。',
    en: 'Lets exactly this list leave the house.',
  },
  'restriction-removal': {
    ja: '承認すると、この案件で確認した人と世帯の規制を解除できます。一度だけ有効です。',
    en: 'Lets them open the record and household of the person verified in this case, once.',
  },
  'session-change': {
    ja: '承認すると次の人数の席がなくなり、席を失う人は折返しの列に載ります。予約は取り消されません。',
    en: 'So many lose their seat and come on the callback list; no booking is cancelled.',
  },
};

export const sessionChangeNames: Names<SessionChange['kind']> = {
  'close-session': { ja: '枠の休止', en: 'Closing a session' },
  'close-venue-days': { ja: '会場の期間休止', en: 'Closing days of a venue' },
  'change-capacity': { ja: '席数の削減', en: 'Cutting seats' },
};

export const emergencyStateNames: Names<EmergencyState> = {
  unconfirmed: { ja: '確認待ち', en: 'To be confirmed' },
  overdue: { ja: '確認の期限を過ぎています', en: 'Confirmation overdue' },
  confirmed: { ja: '確認済み', en: 'Confirmed' },
  disputed: { ja: '異議あり', en: 'Disputed' },
};

export const secondPersonMessages = messages({
  lead: {
    ja: '予約のある人の席がなくなります。この内容について、区のもう一人の承認が必要です。',
    en: 'People who are booked lose their seat: a second person of the city has to approve this.',
  },
  way: { ja: '進め方', en: 'How' },
  approval: { ja: '承認を得て行う', en: 'With approval' },
  emergency: { ja: '緊急のため今すぐ休止', en: 'Emergency: close now' },
  emergencyLead: {
    ja: '今すぐ予約を止め、予約のある人を折返しの列に載せます。緊急として記録され、あとで区のもう一人が確認します。',
    en: 'Stops booking now and has everybody called. It is recorded as an emergency, which a second person of the city confirms later.',
  },
  explanation: { ja: '何が起きたか(10文字以上)', en: 'What happened (at least 10 characters)' },
  closeNow: { ja: '今すぐ休止する', en: 'Close now' },
  closedNow: {
    ja: '緊急に休止しました。折返し {count}人。{by}までに区のもう一人の確認が必要です。',
    en: 'Closed. {count} to be called. A second person of the city has to confirm it by {by}.',
  },
  change: { ja: '内容', en: 'Change' },
  sessions: { ja: '対象の枠', en: 'Sessions' },
  moreSessions: { ja: 'ほか {count}枠', en: 'and {count} more' },
  booked: { ja: '予約 {count}', en: '{count} booked' },
  seats: { ja: '席', en: 'Seats' },
  seatsChange: { ja: '{from}席 → {to}席', en: '{from} → {to}' },
  perSlot: { ja: '1枠 {count}席', en: '{count} a slot' },
  people: { ja: '席を失う人', en: 'Who lose a seat' },
  peopleCounts: {
    ja: '申請時 {proposed}人・いま {now}人(この後の予約で最大 {most}人)',
    en: '{proposed} when asked, {now} now ({most} at most)',
  },
  whyClosed: { ja: '休止・変更の理由', en: 'Why' },
  outdated: {
    ja: '申請のあとで枠が変わりました。承認しても実行されません。申請し直してもらってください。',
    en: 'The session changed since. This would be refused; have it asked for again.',
  },
  done: { ja: 'この変更は実行済みです。', en: 'This change is done already.' },
  byTheCity: { ja: '区の職員が承認します', en: 'Decided by the city' },
  emergencies: { ja: '緊急の休止', en: 'Emergency closings' },
  closedBy: { ja: '休止した人', en: 'Closed by' },
  called: { ja: '折返し', en: 'To be called' },
  calledCount: { ja: '{count}人', en: '{count}' },
  explained: { ja: '何が起きたか', en: 'What happened' },
  confirmBy: { ja: '確認の期限', en: 'Confirm by' },
  confirm: { ja: '確認する', en: 'Confirm' },
  dispute: { ja: '異議あり', en: 'Dispute' },
  disputeLead: {
    ja: '異議ありとしました。再開するには予約枠の画面で「再開する」を選びます。',
    en: 'Disputed. To open again, use the screen of sessions.',
  },
  confirmedNotice: { ja: '緊急の休止を確認しました。', en: 'The emergency closing is confirmed.' },
  ownClosing: { ja: '自分の休止', en: 'Own closing' },
  daySheet: { ja: '当日名簿', en: 'Day sheet' },
  mailing: { ja: '宛名の書き出し', en: 'Mailing list' },
  mailingOf: { ja: '生年月日 {from} 〜 {to} の住民', en: 'Residents born {from} to {to}' },
  noticesRun: { ja: '接種券の一括印刷', en: 'Bulk print of tickets' },
  noticesRunOf: { ja: '最大 {count}件', en: 'up to {count}' },
  bookedOnDay: { ja: 'この日の予約 {count}人', en: '{count} booked that day' },
  list: { ja: '持ち出すもの', en: 'What leaves' },
  caseNotHere: {
    ja: 'この案件は担当席にありません。内容を申請者に確かめてください。',
    en: 'This case is not at the desk. Ask who requested it.',
  },
});
