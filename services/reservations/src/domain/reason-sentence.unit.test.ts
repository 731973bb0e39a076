import type { CalendarDate } from '@madoguchi/kernel';
import { describe, expect, it } from 'vitest';
import { reasonSentence } from './reason-sentence.ts';
import type { ReasonCode } from './reason.ts';

/** Every reason as a caller hears it, and the same with the day where waiting helps. */
const SAID: Record<ReasonCode, string> = {
  programme_not_active:
    'その日は、この回の接種を行っていません。この回の接種は令和9年1月4日から行います。',
  product_not_allowed: 'この回またはこの会場では、このワクチンを使えません。',
  age_not_eligible: '接種日の年齢が対象に当てはまりません。接種できるのは令和9年1月4日からです。',
  priority_group_not_open: '接種の順番がまだ来ていません。接種できるのは令和9年1月4日からです。',
  group_booking_not_open: '予約の受付がまだ始まっていません。予約受付は令和9年1月4日からです。',
  not_in_priority_group: 'その日に接種の対象となる方に当てはまりません。',
  not_resident_on_day: '接種日に区民であることが確認できません。',
  already_vaccinated: 'この回の接種はすでに済んでいます。',
  already_booked: 'この回の予約がすでにあります。変更または取消をしてください。',
  dose_out_of_order:
    '接種の回の順番が合いません。前の回の接種や予約が確認できないか、後の回の接種が済んでいます。',
  dose_interval_too_short:
    '前後の回の接種や予約との間隔が足りません。次に接種できるのは令和9年1月4日からです。',
  previous_vaccine_not_allowed:
    '前の回に接種したワクチンとの組み合わせでは、このワクチンを使えません。',
  other_vaccine_too_close:
    'ほかの病気のワクチンの接種との間隔が足りません。接種できるのは令和9年1月4日からです。',
};
const DAY = '2027-01-04' as CalendarDate;
const WAITING_HELPS = /令和9年/u;

describe('the sentence of a reason', () => {
  it.each(Object.entries(SAID) as [ReasonCode, string][])('%s: %s', (code, said) => {
    const days = code === 'group_booking_not_open' ? { bookableFrom: DAY } : { earliest: DAY };
    const { sentence } = reasonSentence({ code, ...(WAITING_HELPS.test(said) ? days : {}) });
    expect(sentence.ja).toBe(said);
    // English says as much: as many sentences, the day included.
    expect(sentence.en.includes(DAY)).toBe(WAITING_HELPS.test(said));
    expect(sentence.en).toMatch(/^[A-Z].*\.$/u);
    expect(reasonSentence({ code }).sentence.ja).not.toMatch(/undefined|令和/u);
  });
});
