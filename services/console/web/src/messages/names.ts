import type {
  AfterCallCode,
  ApprovalKind,
  AttendanceOutcome,
  AuditAction,
  CancelReason,
  CustodyDirection,
  ProxyRelation,
  ReferReason,
  ReissueReason,
  ReservationState,
  Sex,
  SlotView,
  SlotWeekday,
  TurnedBackReason,
} from '../gateway/contract-types.ts';
import type { Weekdays } from '../slots/slot-criteria.ts';
import type { CaseKind, Channel, FieldClass, Purpose, Role } from '@madoguchi/contracts/roles';
import type { DaySheetFormat, SearchItem, SpokenItem } from '@madoguchi/contracts';
import { general } from './general-messages.ts';
import type { Message } from './message.ts';

/** Names of coded values. Each table is complete by type: a new code does not compile unnamed. */
export type Names<Code extends string> = Record<Code, Message>;

export const purposeNames: Names<Purpose> = {
  inquiry: { ja: '一般の問合せ', en: 'General inquiry' },
  reservation: { ja: '予約', en: 'Booking' },
  'own-record': { ja: '本人の記録', en: 'Own record' },
  reissue: { ja: '再発行', en: 'Reissue' },
  application: { ja: '申請', en: 'Application' },
  'claim-review': { ja: '請求の審査', en: 'Claim review' },
  'venue-day': { ja: '会場当日', en: 'Venue day' },
  outreach: { ja: '架電', en: 'Outreach' },
  batch: { ja: '一括処理', en: 'Batch' },
  keypad: { ja: '自動音声', en: 'Keypad' },
  web: { ja: 'ウェブ', en: 'Web' },
  'disclosure-request': { ja: '開示請求', en: 'Disclosure request' },
  emergency: { ja: '緊急', en: 'Emergency' },
};

export const caseKindNames: Names<CaseKind> = {
  call: { ja: '電話', en: 'Call' },
  application: { ja: '申請', en: 'Application' },
  claim: { ja: '請求', en: 'Claim' },
  'venue-visit': { ja: '来場', en: 'Visit' },
  'work-item': { ja: '折返し', en: 'Callback' },
  'batch-run': { ja: '一括処理', en: 'Batch' },
  'self-service': { ja: '自動受付', en: 'Self-service' },
  'break-glass': { ja: '緊急', en: 'Emergency' },
};

export const roleNames: Names<Role> = {
  operator: { ja: 'オペレーター', en: 'Operator' },
  'senior-operator': { ja: '担当席', en: 'Supervisor' },
  reviewer: { ja: '審査', en: 'Reviewer' },
  'venue-staff': { ja: '会場', en: 'Venue staff' },
  'city-staff': { ja: '区職員', en: 'City staff' },
  'operations-manager': { ja: '運営管理', en: 'Operations manager' },
  'system-administrator': { ja: 'システム管理', en: 'System administrator' },
  auditor: { ja: '監査', en: 'Auditor' },
  'phone-agent': { ja: '自動音声', en: 'Phone agent' },
  resident: { ja: '住民', en: 'Resident' },
  service: { ja: 'システム', en: 'System' },
};

export const slotViewNames: Names<SlotView> = {
  slots: { ja: '早い順', en: 'Earliest' },
  'next-by-venue': { ja: '会場ごと', en: 'By venue' },
  'next-by-town': { ja: '町ごと', en: 'By town' },
  'next-by-product': { ja: 'ワクチンごと', en: 'By product' },
  'next-by-weekday': { ja: '曜日ごと', en: 'By weekday' },
};

export const weekdayNames: Names<SlotWeekday> = {
  mon: { ja: '月', en: 'Mon' },
  tue: { ja: '火', en: 'Tue' },
  wed: { ja: '水', en: 'Wed' },
  thu: { ja: '木', en: 'Thu' },
  fri: { ja: '金', en: 'Fri' },
  sat: { ja: '土', en: 'Sat' },
  sun: { ja: '日', en: 'Sun' },
};

export const weekdayChoiceNames: Names<Weekdays> = {
  any: { ja: '全曜日', en: 'Any day' },
  working: { ja: '月〜金', en: 'Mon–Fri' },
  weekend: { ja: '土日', en: 'Weekend' },
  ...weekdayNames,
};

export const afterCallCodeNames: Names<AfterCallCode> = {
  booked: { ja: '予約を取った', en: 'Booked' },
  changed: { ja: '予約を変更した', en: 'Changed' },
  cancelled: { ja: '予約を取り消した', en: 'Cancelled' },
  reissued: { ja: '接種券を再発行した', en: 'Reissued' },
  answered: { ja: '案内した', en: 'Answered' },
  'not-confirmed': { ja: '本人を確認できなかった', en: 'Not confirmed' },
  'called-back-later': { ja: 'かけ直しになった', en: 'Will be called back' },
  'wrong-number': { ja: '間違い電話', en: 'Wrong number' },
  other: general.other,
};

export const reissueReasonNames: Names<ReissueReason> = {
  'lost-or-damaged': { ja: '紛失・滅失・破損', en: 'Lost, destroyed or damaged' },
  'address-changed-after-sending': {
    ja: '発送後に住民票の所在地が変わった',
    en: 'Address changed after sending',
  },
  'not-delivered': { ja: '届かなかった', en: 'Not delivered' },
  'no-register-entry': { ja: '住民票・戸籍に記載がない', en: 'No register entry' },
  'screening-only-used-twice': {
    ja: '予診のみの券を2回使った',
    en: 'Screening-only part used twice',
  },
  'other-accepted-by-mayor': { ja: 'その他(区長が認めるもの)', en: 'Other, accepted by the mayor' },
  'moved-in-after-doses-elsewhere': {
    ja: '他自治体で接種後に転入',
    en: 'Moved in after doses elsewhere',
  },
  'vrs-error': { ja: 'VRSの誤りで接種歴を確認できない', en: 'VRS error' },
  'vaccinated-abroad-or-trial': {
    ja: '海外・米軍・治験で接種',
    en: 'Vaccinated abroad, by US forces or in a trial',
  },
  'overseas-resident-programme': { ja: '海外在留邦人等向け事業で接種', en: 'Overseas programme' },
};

export const cancelReasonNames: Names<CancelReason> = {
  'own-wish': { ja: '本人の都合', en: 'Own wish' },
  illness: { ja: '体調不良', en: 'Illness' },
  'vaccinated-elsewhere': { ja: '他で接種した', en: 'Vaccinated elsewhere' },
  'booked-twice': { ja: '二重に予約した', en: 'Booked twice' },
  'moving-away': { ja: '転出する', en: 'Moving away' },
  other: general.other,
};

export const proxyRelationNames: Names<ProxyRelation> = {
  parent: { ja: '父母', en: 'Parent' },
  guardian: { ja: '後見人', en: 'Guardian' },
  spouse: { ja: '配偶者', en: 'Spouse' },
  child: { ja: '子', en: 'Child' },
  carer: { ja: '介護者', en: 'Carer' },
  facility: { ja: '施設の職員', en: 'Facility staff' },
  other: general.other,
};

export const referReasonNames: Names<ReferReason> = {
  'not-confirmed': { ja: '確認できなかった', en: 'Not confirmed' },
  'asked-for': { ja: '相手の希望', en: 'Asked for' },
  other: general.other,
};

export const reservationStateNames: Names<ReservationState> = {
  booked: { ja: '予約済', en: 'Booked' },
  attended: { ja: '接種済', en: 'Attended' },
  cancelled: { ja: '取消', en: 'Cancelled' },
  missed: { ja: '未来場', en: 'Missed' },
  'turned-back': { ja: '接種見合せ', en: 'Turned back' },
};

export const channelNames: Names<Channel> = {
  phone: { ja: '電話', en: 'Phone' },
  web: { ja: 'ウェブ', en: 'Web' },
  staff: { ja: '職員', en: 'Staff' },
  'walk-in': { ja: '会場', en: 'Walk-in' },
};

export const sexNames: Names<Sex> = {
  unknown: { ja: '不明', en: 'Unknown' },
  male: { ja: '男', en: 'Male' },
  female: { ja: '女', en: 'Female' },
  'not-applicable': { ja: '適用不能', en: 'Not applicable' },
};

export const spokenItemNames: Names<SpokenItem> = {
  name: { ja: '氏名', en: 'name' },
  dateOfBirth: { ja: '生年月日', en: 'date of birth' },
  address: { ja: '住所', en: 'address' },
  ticketNumber: { ja: '接種券番号', en: 'ticket number' },
  telephone: { ja: '登録の電話番号', en: 'number on record' },
};

export const searchItemNames: Names<SearchItem> = {
  ...spokenItemNames,
  addresseeNumber: { ja: '宛名番号', en: 'addressee number' },
};

/** How well an item fits. */
export const likenessNames: Names<'match' | 'near' | 'differs'> = {
  match: { ja: '一致', en: 'matches' },
  near: { ja: '近い', en: 'is near' },
  differs: { ja: '相違', en: 'differs' },
};

export const approvalKindNames: Names<ApprovalKind> = {
  'desk-verification': { ja: '担当席での照合', en: 'Desk verification' },
  'break-glass': { ja: '緊急閲覧', en: 'Break-glass' },
  export: { ja: '持ち出し', en: 'Export' },
  'restriction-removal': { ja: '規制の解除', en: 'Restriction removal' },
  'session-change': { ja: '休止・席数の変更', en: 'Closing or cutting sessions' },
};

export const custodyDirectionNames: Names<CustodyDirection> = {
  received: { ja: '受領', en: 'Received' },
  'handed-over': { ja: '引渡し', en: 'Handed over' },
  returned: { ja: '返却', en: 'Returned' },
  disposed: { ja: '廃棄', en: 'Disposed' },
};

export const auditActionNames: Names<AuditAction> = {
  search: { ja: '検索', en: 'Search' },
  verification: { ja: '本人確認', en: 'Verification' },
  'verification-refused': { ja: '本人確認(拒否)', en: 'Verification refused' },
  disclosure: { ja: '表示', en: 'Disclosure' },
  change: { ja: '変更', en: 'Change' },
  refusal: { ja: '拒否', en: 'Refusal' },
  'sign-in': { ja: 'サインイン', en: 'Sign-in' },
  'sign-out': { ja: 'サインアウト', en: 'Sign-out' },
  'sign-in-refused': { ja: 'サインイン拒否', en: 'Sign-in refused' },
  'step-up': { ja: '再確認', en: 'Step-up' },
  approval: { ja: '承認', en: 'Approval' },
  custody: { ja: '受払', en: 'Custody' },
  print: { ja: '印刷', en: 'Print' },
  import: { ja: '取込', en: 'Import' },
  case: { ja: '案件', en: 'Case' },
  administration: { ja: '管理', en: 'Administration' },
  'misuse-suspected': { ja: '不正利用の疑い', en: 'Suspected misuse' },
};

export const outcomeNames: Names<'done' | 'refused' | 'failed'> = {
  done: { ja: '完了', en: 'Done' },
  refused: { ja: '拒否', en: 'Refused' },
  failed: { ja: '失敗', en: 'Failed' },
};

export const fieldClassNames: Names<FieldClass> = {
  id: { ja: '宛名番号', en: 'id' },
  name: { ja: '氏名', en: 'name' },
  birth: { ja: '生年月日・性別', en: 'birth' },
  address: { ja: '住所', en: 'address' },
  'past-address': { ja: '前住所', en: 'past address' },
  contact: { ja: '連絡先', en: 'contact' },
  residency: { ja: '異動', en: 'residency' },
  nationality: { ja: '国籍・在留', en: 'nationality' },
  restriction: { ja: '規制情報', en: 'restriction' },
  remarks: { ja: '備考', en: 'remarks' },
  dose: { ja: '接種歴', en: 'dose' },
  reaction: { ja: '副反応', en: 'reaction' },
  booking: { ja: '予約', en: 'booking' },
  ticket: { ja: '接種券', en: 'ticket' },
  household: { ja: '世帯', en: 'household' },
};

/** Languages a caller can choose by keypad (BCP 47); others are shown by their tag. */
export const spokenLanguageNames: Readonly<Record<string, Message>> = {
  ja: { ja: '日本語', en: 'Japanese' },
  en: { ja: '英語', en: 'English' },
  zh: { ja: '中国語', en: 'Chinese' },
  ko: { ja: '韓国語', en: 'Korean' },
  vi: { ja: 'ベトナム語', en: 'Vietnamese' },
  ne: { ja: 'ネパール語', en: 'Nepali' },
  hi: { ja: 'ヒンディー語', en: 'Hindi' },
};

export const attendanceNames: Names<AttendanceOutcome> = {
  attended: { ja: '接種済', en: 'Vaccinated' },
  'turned-back': { ja: '予診で見合わせ', en: 'Turned back' },
  missed: { ja: '来場なし', en: 'Did not come' },
};

export const daySheetFormatNames: Names<DaySheetFormat> = {
  pdf: { ja: 'PDF', en: 'PDF' },
  'csv-utf8': { ja: 'CSV(UTF-8)', en: 'CSV (UTF-8)' },
  'csv-cp932': { ja: 'CSV(CP932)', en: 'CSV (CP932)' },
};

/** Why somebody was turned back; nothing of their health. */
export const turnedBackReasonNames: Names<TurnedBackReason> = {
  screening: { ja: '予診の判断', en: 'Screening' },
  'own-wish': { ja: '本人の希望', en: 'Own wish' },
  papers: { ja: '券・書類の不備', en: 'Papers' },
  other: general.other,
};
