import type { RefusalRow } from './refusal-row.ts';
import { row } from './refusal-row.ts';

/** Refusals of bookings that hang together, and of what is done with one afterwards. */
export const BOOKING_REFUSALS = {
  following_dose_booked: row(
    409,
    '次の回も予約されています。次の回とあわせて取り消しますか。',
    'The dose after it is booked too. Ask whether to cancel both.',
  ),
  second_dose_not_free: row(
    409,
    '次の回に合う空きがありません。1回目の日を変えるか、次の回の枠を選んでください。',
    'No seat fits the second dose. Change the first day, or choose the second slot.',
  ),
  group_refused: row(
    409,
    '全員分の予約ができないため、どなたの予約も取っていません。',
    'Not everybody can be booked, so nobody was. See the reason for each.',
  ),
  no_seat_beside: row(
    409,
    '同じ時間帯にも前後にも空きがありません。',
    'There is no free seat at that time or next to it.',
  ),
  reservation_changed_meanwhile: row(
    412,
    'この予約はほかの人が先に変更しました。読み直してからやり直してください。',
    'Somebody else changed this booking first. Read it again and start over.',
  ),
  confirmation_number_mistyped: row(
    422,
    '予約番号が正しくありません。もう一度お確かめください。',
    'This is not a confirmation number. Please check it again.',
  ),
  seat_budget_exceeded: row(
    429,
    '枠の確保と取消の繰り返しが上限に達しました。担当席へ回してください。',
    'Seats were taken and given back too often. Refer it to the desk.',
  ),
} as const satisfies Record<string, RefusalRow>;
