import type { RefusalRow } from './refusal-row.ts';
import { row } from './refusal-row.ts';

/** Refusals of what needs a second person, and of that person's say. */
export const APPROVAL_REFUSALS = {
  approval_required: row(
    403,
    'もう一人の承認が必要です。',
    "A second person's approval is needed.",
  ),
  approval_not_here_yet: row(
    409,
    '承認がまだ届いていません。承認が済んでいれば、1秒ほど待ってからもう一度お試しください。',
    'The approval is not here yet. If it was given, try again in a second.',
  ),
  approval_for_something_else: row(
    403,
    'この承認は別の操作のものです。この内容で申請してください。',
    'This approval is of something else. Ask for one of exactly this.',
  ),
  approval_rejected: row(
    403,
    'この申請は却下されました。',
    'The second person said no to this request.',
  ),
  approval_used: row(
    409,
    'この承認は使用済みです。もう一度申請してください。',
    'This approval was used already. Ask for another one.',
  ),
  approval_not_found: row(404, '承認の申請が見つかりません。', 'No such approval request.'),
  approval_own_request: row(
    409,
    '自分の申請は承認できません。',
    'You cannot approve your own request.',
  ),
  approval_by_the_city: row(
    403,
    'この申請を承認できるのは区の職員です。',
    'Only staff of the city can decide this request.',
  ),
  approval_already_decided: row(
    409,
    'この申請は処理済みです。',
    'This request is already decided.',
  ),
  approval_expired: row(409, 'この申請は期限切れです。', 'This request has expired.'),
  session_change_needs_approval: row(
    403,
    '予約のある人の席がなくなるため、区のもう一人の承認が必要です。',
    'People who are booked lose their seat, so a second person of the city has to approve it.',
  ),
  session_change_not_found: row(
    404,
    '休止・席数変更の申請が見つかりません。',
    'No such change of a session was proposed.',
  ),
  session_changed_meanwhile: row(
    412,
    '申請のあとで予約枠が変わりました。内容を確かめて、もう一度申請してください。',
    'The session was changed after this was proposed. Look at it again, and ask again.',
  ),
  emergency_closing_not_found: row(
    404,
    'この緊急休止は見つかりません。',
    'No such emergency closing.',
  ),
  emergency_closing_own: row(
    409,
    '自分が行った緊急休止は確認できません。ほかの職員が確認してください。',
    'You cannot confirm an emergency closing of your own. Somebody else has to.',
  ),
  emergency_closing_decided: row(
    409,
    'この緊急休止は確認が済んでいます。',
    'This emergency closing is decided already.',
  ),
} as const satisfies Record<string, RefusalRow>;
