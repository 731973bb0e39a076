import type { RefusalRow } from './refusal-row.ts';
import { row } from './refusal-row.ts';

/** Reasons of the waiting list, and of lists for venues. */
export const WAITLIST_REFUSALS = {
  already_waiting: row(
    409,
    'この回はすでにキャンセル待ちに入っています。',
    'This dose is already on the waiting list.',
  ),
  waiting_range_too_long: row(
    422,
    'キャンセル待ちの期間が長すぎます。120日以内にしてください。',
    'The range of days is too long. Choose 120 days or fewer.',
  ),
  waiting_entry_not_found: row(
    404,
    'キャンセル待ちの登録が見つかりません。',
    'There is no such place on the waiting list.',
  ),
  offer_not_found: row(404, 'ご案内した枠が見つかりません。', 'There is no such offer.'),
  offer_ended: row(
    409,
    'ご案内した枠の返事の期限が過ぎたか、取り消されました。',
    'The offer has expired or was taken back.',
  ),
  venue_not_found: row(404, 'その会場はありません。', 'There is no such venue.'),
  character_missing: row(
    422,
    'この文字コードで書けない文字があります。UTF-8 を選んでください。',
    'A character cannot be written in this encoding. Choose UTF-8.',
  ),
} as const satisfies Record<string, RefusalRow>;
