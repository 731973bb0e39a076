import type { RuleRefusalCode } from '@madoguchi/contracts';
import type { CalendarDate } from '@madoguchi/kernel';

export type ReasonCode = Extract<
  RuleRefusalCode,
  | 'programme_not_active'
  | 'product_not_allowed'
  | 'age_not_eligible'
  | 'priority_group_not_open'
  | 'group_booking_not_open'
  | 'not_in_priority_group'
  | 'not_resident_on_day'
  | 'already_vaccinated'
  | 'already_booked'
  | 'dose_out_of_order'
  | 'dose_interval_too_short'
  | 'previous_vaccine_not_allowed'
  | 'other_vaccine_too_close'
>;

export type Reason = {
  code: ReasonCode;
  /** First day of vaccination on which it no longer holds, where waiting helps. */
  earliest?: CalendarDate;
  /** First day on which a booking is taken. */
  bookableFrom?: CalendarDate;
};

export const reason = (code: ReasonCode, earliest?: CalendarDate): Reason =>
  earliest === undefined ? { code } : { code, earliest };

/** A reason as a refusal, with its days for whoever answers the caller. */
export function refusedFor({ code, ...days }: Reason): {
  ok: false;
  refusal: { code: ReasonCode; details?: Record<string, string> };
} {
  return {
    ok: false,
    refusal: Object.keys(days).length === 0 ? { code } : { code, details: days },
  };
}
