import type { RefusalRow } from './refusal-row.ts';
import { row } from './refusal-row.ts';

/** Why somebody cannot have a dose of a product on a day. */
export const ELIGIBILITY_REFUSALS = {
  already_vaccinated: row(
    422,
    'この回の接種はすでに済んでいます。',
    'This dose has already been given.',
  ),
  dose_out_of_order: row(
    422,
    '接種の回の順番が合いません。前の回の接種や予約が確認できないか、後の回の接種が済んでいます。',
    'The order of doses does not fit: the one before is neither given nor booked, or a later one was given.',
  ),
  dose_interval_too_short: row(
    422,
    '前後の回の接種や予約との間隔が足りません。',
    'The interval to the dose before or after is too short.',
  ),
  age_not_eligible: row(
    422,
    '接種日の年齢が対象に当てはまりません。',
    'The age on that day is not eligible.',
  ),
  not_resident_on_day: row(
    422,
    '接種日に区民であることが確認できません。',
    'Residence on that day cannot be confirmed.',
  ),
  product_not_allowed: row(
    422,
    'この回またはこの会場では、このワクチンを使えません。',
    'This vaccine is not used for this dose, or not at this venue.',
  ),
  programme_not_active: row(
    422,
    'その日は、この回の接種を行っていません。',
    'This dose is not given on that day.',
  ),
  priority_group_not_open: row(
    422,
    '接種の順番がまだ来ていません。',
    'Vaccination of this group has not begun on that day.',
  ),
  group_booking_not_open: row(
    422,
    '予約の受付がまだ始まっていません。',
    'Booking has not begun for this person.',
  ),
  not_in_priority_group: row(
    422,
    'その日に接種の対象となる方に当てはまりません。',
    'Vaccination on that day is for other groups.',
  ),
  previous_vaccine_not_allowed: row(
    422,
    '前の回に接種したワクチンとの組み合わせでは、このワクチンを使えません。',
    'This vaccine is not used after the one given before.',
  ),
  other_vaccine_too_close: row(
    422,
    'ほかの病気のワクチンの接種との間隔が足りません。',
    'It is too close to a dose against something else.',
  ),
} as const satisfies Record<string, RefusalRow>;

/** Why a change of vaccines, rules or venues is not taken. */
export const PROGRAMME_REFUSALS = {
  changed_meanwhile: row(
    409,
    'ほかの人が先に変更しました。読み直してからもう一度変更してください。',
    'Somebody else changed it first. Read it again before changing it.',
  ),
  catalogue_row_not_found: row(404, 'その行は登録されていません。', 'There is no such row.'),
  code_in_use: row(
    409,
    'このコードはすでに使われています。新しい版には別のコードを付けてください。',
    'This code is in use. Give the next version a code of its own.',
  ),
  day_not_ahead: row(
    422,
    '変更は明日以降の日からにしてください。過ぎた日と今日の予約・接種は、もうその日のルールで判定されています。誤りの訂正は「直す」で行います。',
    'A change begins tomorrow at the earliest: bookings and doses up to today were judged already. Correct a mistake in the row itself.',
  ),
  later_version_exists: row(
    409,
    'この行には、より後の日からの版がすでにあります。その版を変更するか、先に取りやめてください。',
    'It is followed by a later version already. Change that one, or take it back first.',
  ),
  later_version_overlapped: row(
    409,
    'この行は、後の版が始まる日より前に終わらなければなりません。二つの版が同じ日に重なります。',
    'It has to end before its next version begins: both would hold on the same days.',
  ),
  earlier_version_overlapped: row(
    409,
    'この行は、前の版が終わってから始まらなければなりません。二つの版が同じ日に重なります。',
    'It has to begin after its earlier version ends: both would hold on the same days.',
  ),
  list_belongs_to_code: row(
    422,
    '名簿で定める優先群は、コードに名簿が結び付いているため、日を区切って変更できません。名簿を改めるか、行を直してください。',
    'The list of a listed group belongs to its code, so the group has no next version. Change the list, or correct the row.',
  ),
  not_in_force_around_day: row(
    422,
    'この行は、その前日と当日の両方で有効ではありません。有効期間のなかの、始まりの翌日以降の日を選んでください。',
    'It is not in force both on the day before and on that day. Choose a day within its validity, after its first.',
  ),
  nothing_changed: row(
    422,
    '変更された項目がありません。',
    'Nothing differs from the row in force.',
  ),
  reference_unknown: row(
    422,
    '指定された先(ワクチン、事業など)が登録されていません。',
    'It names something that is not entered.',
  ),
  range_reversed: row(
    422,
    '始まりが終わりより後になっています。',
    'A range ends before it begins.',
  ),
  group_not_listed: row(
    422,
    'この区分は名簿ではなく年齢や生年月日で決まります。',
    'This group is told by age or birth date, not by a list.',
  ),
  membership_not_found: row(
    404,
    'この方はこの区分の名簿に載っていません。',
    'This person is not on the list of this group.',
  ),
  membership_ends_earlier: row(
    409,
    '名簿の記載はそれより前に終わっています。延ばすときは、名簿に載せ直してください。',
    'The list says an earlier end. To prolong it, put the person on the list anew.',
  ),
  characters_not_encodable: row(
    422,
    'この文字コードで書けない文字があります。UTF-8で出力してください。',
    'Some characters cannot be written in this encoding. Use UTF-8.',
  ),
} as const satisfies Record<string, RefusalRow>;
