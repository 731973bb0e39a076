import { listedWords } from '../catalogue-entry/listed-words.ts';
import type { RuleTrial } from '../gateway/contract-types.ts';
import { shownBirthDate } from '../verification/shown-birth-date.ts';

/** What is typed to try the rules with; nothing of it is anybody's record. */
export type RuleDraft = {
  birthDate: string;
  productCode: string;
  date: string;
  doseNumber: string;
  doses: readonly { productCode: string; date: string }[];
  /** Codes of lists that have the person, with blanks between. */
  groups: string;
  /** Day on which the booking would be made; today where empty. */
  askedOn: string;
};

export const EMPTY_TRIAL: RuleDraft = {
  birthDate: '',
  productCode: '',
  date: '',
  doseNumber: '',
  doses: [],
  groups: '',
  askedOn: '',
};

/** The question of a draft; undefined while something that it needs is missing or unreadable. */
export function trialOf(draft: RuleDraft, now: Date): RuleTrial | undefined {
  const { productCode, date, doseNumber, doses, askedOn } = draft;
  const birth = shownBirthDate(draft.birthDate, now);
  if (birth.kind !== 'date' || productCode === '' || date === '') return undefined;
  if (doses.some((dose) => dose.productCode === '' || dose.date === '')) return undefined;
  const dose = /^\d{1,2}$/u.test(doseNumber) ? Number(doseNumber) : 0;
  return {
    dateOfBirth: birth.gregorian,
    productCode,
    date,
    doses: doses.map((one) => ({ ...one })),
    groups: listedWords(draft.groups),
    ...(askedOn === '' ? {} : { askedOn }),
    ...(dose > 0 ? { doseNumber: dose } : {}),
  };
}
