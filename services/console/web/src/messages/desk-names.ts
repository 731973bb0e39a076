import type { WorkItemKind, WorkItemOutcome } from '@madoguchi/contracts/work-item-outcomes';
import type {
  CopiedSessions,
  LeftOutHandling,
  Reach,
  SessionView,
  VenueKind,
  WaitingState,
} from '../gateway/contract-types.ts';
import { general } from './general-messages.ts';
import type { Names } from './names.ts';

export const workItemKindNames: Names<WorkItemKind> = {
  'session-closed': { ja: '会場・枠の休止', en: 'Session closed' },
  'capacity-cut': { ja: '席数の減少', en: 'Fewer seats' },
  'rules-changed': { ja: '決まりの変更', en: 'Rules changed' },
  'waitlist-offer': { ja: 'キャンセル待ちの案内', en: 'Waiting list offer' },
  callback: { ja: '折返しの約束', en: 'Promised call' },
};

export const workItemOutcomeNames: Names<WorkItemOutcome> = {
  moved: { ja: '別の枠へ変更した', en: 'Moved' },
  cancelled: { ja: '取り消した', en: 'Cancelled' },
  kept: { ja: 'そのままにした', en: 'Kept as it is' },
  booked: { ja: '予約を取った', en: 'Booked' },
  declined: { ja: '希望しなかった', en: 'Declined' },
  unreachable: { ja: 'つながらなかった', en: 'Not reached' },
};

export const workItemStateNames: Names<'open' | 'taken' | 'done'> = {
  open: { ja: '待ち', en: 'Open' },
  taken: { ja: '対応中', en: 'Taken' },
  done: { ja: '済み', en: 'Done' },
};

/** Reasons for closing a session or taking seats away; their codes travel to the worklist. */
export const closingReasonNames: Names<
  | 'venue-unavailable'
  | 'staff-shortage'
  | 'vaccine-shortage'
  | 'bad-weather'
  | 'temperature-excursion'
  | 'other'
> = {
  'venue-unavailable': { ja: '会場が使えない', en: 'Venue unavailable' },
  'staff-shortage': { ja: '従事者が足りない', en: 'Too few staff' },
  'vaccine-shortage': { ja: 'ワクチンが足りない', en: 'Too little vaccine' },
  'bad-weather': { ja: '荒天・災害', en: 'Weather or disaster' },
  'temperature-excursion': { ja: 'ワクチンの温度逸脱', en: 'Vaccine temperature excursion' },
  other: general.other,
};

export const reachNames: Names<Reach> = {
  phone: { ja: '電話', en: 'Telephone' },
  web: { ja: 'ウェブ', en: 'Web' },
};

export const waitingStateNames: Names<WaitingState> = {
  waiting: { ja: '待っている', en: 'Waiting' },
  offered: { ja: '席を確保中', en: 'Seat kept' },
  booked: { ja: '予約済', en: 'Booked' },
  left: { ja: '取りやめ', en: 'Left' },
  ended: { ja: '期間終了', en: 'Ended' },
};

export const leftOutHandlingNames: Names<LeftOutHandling> = {
  'posted-by-hand': { ja: '手作業で発送した', en: 'Posted by hand' },
  'handed-over': { ja: '手渡しした', en: 'Handed over' },
  'not-needed': { ja: '発送しない', en: 'Not needed' },
};

export const sessionStateNames: Names<SessionView['state']> = {
  open: { ja: '受付中', en: 'Open' },
  closed: { ja: '休止', en: 'Closed' },
};

/** Why a day was left out when a week was copied. */
export const skippedDayNames: Names<CopiedSessions['skipped'][number]['reason']> = {
  'asked-for': { ja: '除く指定の日', en: 'Asked to be left out' },
  'venue-closed': { ja: '会場の休み', en: 'Venue closed' },
  'session-exists': { ja: 'すでに枠がある', en: 'Has a session' },
  'in-past': { ja: '過ぎた日', en: 'In the past' },
  'too-far': { ja: 'まだ開けない先の日', en: 'Too far ahead' },
  'outside-hours': { ja: '会場の時間の外', en: 'Outside the venue’s hours' },
  'product-not-given': { ja: '会場が扱わないワクチン', en: 'Vaccine not given there' },
  'product-over': { ja: '接種ルールが終わった日', en: 'Rules have ended' },
};

/** Why a session has to be closed that was opened before something was changed. */
export const shutReasonNames: Names<NonNullable<SessionView['toBeClosed']>> = {
  'closed-day': { ja: '会場の休業日になりました', en: 'Now a closing day of the venue' },
  weekday: { ja: '会場の休みの曜日になりました', en: 'The venue no longer opens on that weekday' },
  holiday: { ja: '祝日・年末年始の休みになりました', en: 'The venue now closes on holidays' },
  'venue-inactive': { ja: '会場の期間の外になりました', en: 'Outside the venue’s period now' },
  'product-not-given': {
    ja: '会場が扱わないワクチンになりました',
    en: 'The venue no longer gives the vaccine',
  },
  'product-over': {
    ja: '接種ルールが終わる日になりました',
    en: 'Its rules end before that day now',
  },
};

export const venueKindNames: Names<VenueKind> = {
  mass: { ja: '集団接種会場', en: 'Mass venue' },
  clinic: { ja: '医療機関', en: 'Clinic' },
};
