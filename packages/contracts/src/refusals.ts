import { APPROVAL_REFUSALS } from './approval-refusals.ts';
import { BOOKING_REFUSALS } from './booking-refusals.ts';
import { ELIGIBILITY_REFUSALS, PROGRAMME_REFUSALS } from './programme-refusals.ts';
import type { RefusalRow } from './refusal-row.ts';
import { row } from './refusal-row.ts';
import { WAITLIST_REFUSALS } from './waitlist-refusals.ts';

/** Refusals that any operation can give, from the machinery around it. */
export const COMMON_REFUSALS = {
  malformed_request: row(
    400,
    '入力の形式が正しくありません。示された項目を直してください。',
    'The request is malformed. Correct the named items.',
  ),
  unsupported_media_type: row(
    415,
    '本文の形式に対応していません。application/json で送ってください。',
    'The body type is not supported. Send application/json.',
  ),
  method_not_allowed: row(405, 'この操作方法は使えません。', 'This method is not available here.'),
  payload_too_large: row(
    413,
    '送られた内容が大きすぎます。分けて送ってください。',
    'The body is too large. Send it in parts.',
  ),
  header_too_large: row(431, 'ヘッダーが大きすぎます。', 'The header is too large.'),
  unauthenticated: row(401, 'サインインし直してください。', 'Please sign in again.'),
  forged_request: row(
    403,
    '正しい画面からの操作ではないため受け付けません。画面を開き直してください。',
    'The request did not come from our own page. Open the page again.',
  ),
  not_allowed: row(403, 'この操作をする権限がありません。', 'You are not permitted to do this.'),
  case_required: row(403, '対応中の案件がありません。', 'This needs an open case of yours.'),
  case_ended: row(409, 'この案件は終了しています。', 'This case has ended.'),
  grant_required: row(403, '本人確認が済んでいません。', 'The caller is not verified for this.'),
  purpose_not_allowed: row(
    403,
    'この目的ではこの操作はできません。',
    'This purpose does not permit this.',
  ),
  not_found: row(404, '見つかりませんでした。', 'Not found.'),
  idempotency_key_missing: row(
    400,
    'Idempotency-Key ヘッダーが必要です。',
    'The Idempotency-Key header is required.',
  ),
  idempotency_key_reused: row(
    422,
    '同じ受付キーで別の内容が送られました。',
    'The same idempotency key came with another body.',
  ),
  idempotency_in_flight: row(
    409,
    '同じ操作を処理中です。少し待ってからもう一度お試しください。',
    'The same command is under way. Try again shortly.',
  ),
  rate_limited: row(
    429,
    '回数の上限に達しました。しばらく待ってからお試しください。',
    'Too many attempts. Try again later.',
  ),
  overloaded: row(
    503,
    'ただいま混み合っています。少し待ってからお試しください。',
    'The system is busy. Try again shortly.',
  ),
  messaging_unavailable: row(
    503,
    '内部の通信が止まっています。復旧までお待ちください。',
    'Messaging is unavailable. Please wait.',
  ),
  dependency_unavailable: row(
    503,
    '必要なシステムに接続できません。復旧までお待ちください。',
    'A system this needs cannot be reached.',
  ),
  copy_stale: row(
    503,
    '判断に必要な最新の情報が届いていないため、いまは受け付けられません。1分ほど待って、もう一度お試しください。続くときは管理者に連絡してください。',
    'What this is decided on has not all arrived yet. Try again in a minute, and tell the administrator if it goes on.',
  ),
  deadline_exceeded: row(
    503,
    '時間内に終わりませんでした。もう一度お試しください。',
    'Not finished in time. Please try again.',
  ),
  internal_fault: row(
    500,
    '内部エラーです。受付番号を管理者に伝えてください。',
    'Internal fault. Tell the administrator the correlation id.',
  ),
} as const satisfies Record<string, RefusalRow>;

/** Refusals of the rules themselves. */
export const RULE_REFUSALS = {
  ...WAITLIST_REFUSALS,
  ...ELIGIBILITY_REFUSALS,
  ...PROGRAMME_REFUSALS,
  ...BOOKING_REFUSALS,
  ...APPROVAL_REFUSALS,
  sign_in_refused: row(
    401,
    'ログイン名、パスワードまたは確認コードが違います。',
    'Login, password or code is wrong.',
  ),
  terminal_not_enrolled: row(
    403,
    'この端末は登録されていません。端末登録コードを入力してください。',
    'This terminal is not enrolled. Enter an enrolment code.',
  ),
  terminal_code_refused: row(
    403,
    '端末登録コードが違うか、使用済みです。',
    'The enrolment code is wrong or used.',
  ),
  outside_working_hours: row(403, '勤務時間外です。', 'Outside working hours.'),
  step_up_required: row(403, '確認コードの再入力が必要です。', 'Enter a fresh code first.'),
  login_taken: row(409, 'このログイン名は使われています。', 'This login is taken.'),
  password_too_weak: row(
    422,
    'パスワードは12文字以上で、よく使われるものは使えません。',
    'Use at least 12 characters and no common password.',
  ),
  worker_not_found: row(404, '従事者が見つかりません。', 'No such worker.'),
  not_venue_staff: row(
    422,
    '会場従事者ではないため、会場を割り当てられません。',
    'Venues are assigned to venue staff only.',
  ),
  not_at_this_venue: row(
    403,
    'この会場の担当に登録されていません。責任者に割り当てを依頼してください。',
    'You are not assigned to this venue. Ask for the assignment.',
  ),
  extension_in_use: row(409, 'この内線番号は別の人が使っています。', 'This extension is in use.'),
  call_not_found: row(404, '通話が見つかりません。', 'No such call.'),
  case_not_found: row(404, '案件が見つかりません。', 'No such case.'),
  case_already_referred: row(
    409,
    'この案件は担当席へ回されています。',
    'This case has been referred.',
  ),
  verification_closed: row(
    409,
    '確認できませんでした。担当席へおつなぎします。',
    'We could not confirm this. I will connect you to our desk.',
  ),
  reason_too_short: row(
    422,
    '理由を10文字以上で書いてください。',
    'Give a reason of at least 10 characters.',
  ),
  import_refused: row(
    422,
    'ファイルを取り込めません。示された理由を確認してください。',
    'The file cannot be imported. See the reasons.',
  ),
  import_would_remove: row(
    409,
    'このファイルでは多くの住民が除かれるため、取り込みを止めました。正しいファイルか確認してください。',
    'This file would take many residents off, so nothing was imported. Check that it is the right one.',
  ),
  import_running: row(409, '別の取り込みが動いています。', 'Another import is running.'),
  slot_not_found: row(404, 'その枠はありません。', 'There is no such slot.'),
  slot_full: row(
    409,
    'この枠は満席です。別の枠をお選びください。',
    'This slot is full. Please choose another.',
  ),
  slot_closed: row(409, 'この枠は受付を終了しています。', 'This slot is closed.'),
  slot_not_open: row(409, 'この枠はまだ受付を始めていません。', 'This slot is not open yet.'),
  slot_in_past: row(409, 'この枠の時刻は過ぎています。', 'This slot lies in the past.'),
  channel_quota_reached: row(
    409,
    'この受付方法の予約分は埋まりました。別の枠をお選びください。',
    'The seats for this channel are taken. Please choose another slot.',
  ),
  hold_not_found: row(404, '仮押さえが見つかりません。', 'There is no such hold.'),
  hold_expired: row(
    409,
    '仮押さえの時間が切れました。もう一度枠を選んでください。',
    'The hold has expired. Please choose the slot again.',
  ),
  hold_limit_reached: row(
    429,
    '仮押さえの回数が上限に達しました。',
    'Too many holds in this case.',
  ),
  already_booked: row(
    409,
    'この回の予約がすでにあります。変更または取消をしてください。',
    'There is already a booking for this dose. Change or cancel it.',
  ),
  booking_window_closed: row(
    422,
    '予約の受付期間ではありません。',
    'Booking for that day is not open.',
  ),
  reservation_not_found: row(404, '予約が見つかりません。', 'There is no such booking.'),
  reservation_not_changeable: row(
    409,
    'この予約は変更できない状態です。',
    'This booking can no longer be changed.',
  ),
  venue_not_found: row(404, 'その会場はありません。', 'There is no such venue.'),
  venue_closed_on_day: row(422, '会場の休業日です。', 'The venue is closed on that day.'),
  session_not_found: row(404, 'その予約枠はありません。', 'There is no such session.'),
  sessions_too_many: row(
    422,
    '予約枠が多すぎて、一つのファイルに収まりません。会場か期間を絞ってください。',
    'These are more sessions than one file takes. Ask for fewer venues or days.',
  ),
  session_exists: row(
    409,
    '同じ会場・ワクチンの予約枠がその時間にすでにあります。',
    'There already is a session of that venue and vaccine at that time.',
  ),
  session_in_past: row(422, '過ぎた日の予約枠です。', 'The session lies in the past.'),
  session_already_closed: row(409, 'この予約枠は休止しています。', 'This session is closed.'),
  session_not_closed: row(409, 'この予約枠は休止していません。', 'This session is not closed.'),
  session_too_far: row(
    422,
    'その日の予約枠はまだ開けません。設定で決めた先の日までにしてください。',
    'The day is too far ahead for a session. See the setting of the city.',
  ),
  session_outside_hours: row(
    422,
    '会場の開設時間の外にかかる枠があります。時間割を直すか、会場の時間を改めてください。',
    'Slots lie outside the opening hours of the venue. Correct the pattern, or the hours of the venue.',
  ),
  product_over_on_day: row(
    422,
    'その日には、このワクチンの接種ルールが終わっています。',
    'The rules for this vaccine have ended by that day.',
  ),
  session_pattern_wrong: row(
    422,
    '時間割が正しくありません。示された項目を直してください。',
    'The pattern is wrong. Correct the named items.',
  ),
  capacity_below_booked: row(
    409,
    '予約済みの人数を下回ります。席を増やすか、席を失う人を折返しの列に載せてください。',
    'Fewer seats than are booked. Choose more seats, or have people called.',
  ),
  work_item_not_found: row(404, 'この架電項目はありません。', 'There is no such item.'),
  work_item_taken: row(
    409,
    'この架電項目は別の人が対応しています。',
    'Somebody else has taken this item.',
  ),
  work_item_too_early: row(
    409,
    'この架電項目はまだ掛け直す時刻になっていません。',
    'It is too early to try this item again.',
  ),
  work_item_outcome_untrue: row(
    409,
    '予約の状態がその結果になっていません。予約を変更または取消してから結果を入れてください。',
    'The booking is not in that state. Change or cancel it before entering the outcome.',
  ),
  ticket_not_found: row(404, '接種券が見つかりません。', 'There is no such ticket.'),
  ticket_not_reissuable: row(
    409,
    'この接種券は再発行できない状態です。',
    'This ticket cannot be reissued.',
  ),
  reissue_limit_reached: row(
    409,
    '本日はすでに再発行しています。担当席へ回してください。',
    'It was already reissued today. Refer it to the desk.',
  ),
  destination_not_allowed: row(
    422,
    '住民票の住所以外には送れません。',
    'It can only go to the address on the register.',
  ),
  glyph_missing: row(
    422,
    '印刷できない文字があります。外字の対応を確認してください。',
    'A character cannot be printed with the installed fonts.',
  ),
} as const satisfies Record<string, RefusalRow>;

/**
 * Every reason to refuse, with its HTTP status and the sentence in both languages. A refusal without
 * a row here does not compile. Sentences never say whether a person exists.
 */
export const REFUSALS = { ...COMMON_REFUSALS, ...RULE_REFUSALS };
export type CommonRefusalCode = keyof typeof COMMON_REFUSALS;
export type RuleRefusalCode = keyof typeof RULE_REFUSALS;
export type RefusalCode = keyof typeof REFUSALS;

/** Is this one of our codes? One of another version may come back over the wire. */
export const isRefusalCode = (code: unknown): code is RefusalCode =>
  typeof code === 'string' && Object.hasOwn(REFUSALS, code);
