import {
  AGE_DAYS,
  DoseRule,
  OtherVaccineRule,
  PriorityGroup,
  Product,
  Programme,
  Vaccine,
  Venue,
  VENUE_KINDS,
} from '@madoguchi/contracts/catalogue';
import type { z } from 'zod';
import type { CatalogueKind } from '../gateway/contract-types.ts';
import type { ChoiceCode, Member } from '../messages/catalogue-messages.ts';

/** How a member is typed, and what an empty field means. */
export type EntryField = { member: Member } & (
  | { type: 'text' | 'number' | 'date'; nullable?: boolean; wide?: boolean }
  /** Codes or days, separated by blanks. */
  | { type: 'list' }
  | { type: 'flag' }
  | { type: 'choice'; options: readonly ChoiceCode[] }
  /** Seven lines of hours. */
  | { type: 'hours' }
);

export type EntryKind = { schema: z.ZodType; code: Member; fields: readonly EntryField[] };

const text = (member: Member): EntryField => ({ member, type: 'text' });
const wide = (member: Member): EntryField => ({ member, type: 'text', wide: true });
const note = (member: Member): EntryField => ({ member, type: 'text', wide: true, nullable: true });
const list = (member: Member): EntryField => ({ member, type: 'list' });
const flag = (member: Member): EntryField => ({ member, type: 'flag' });
const number = (member: Member, nullable = true): EntryField => ({
  member,
  type: 'number',
  nullable,
});
const date = (member: Member, nullable = true): EntryField => ({ member, type: 'date', nullable });
const choice = (member: Member, options: readonly ChoiceCode[]): EntryField => ({
  member,
  type: 'choice',
  options,
});

const NAME = [wide('name.ja'), wide('name.en')];
const VALID = [date('validFrom', false), date('validTo')];
const AGES = [
  choice('ageJudgedOn', AGE_DAYS),
  number('ageFromMonths'),
  number('ageBelowMonths'),
  date('bornFrom'),
  date('bornTo'),
];
const PROVENANCE = [note('source'), note('confidence')];

/** The fields of every kind, in the order in which they are thought of. */
export const ENTRY_KINDS: Record<CatalogueKind, EntryKind> = {
  vaccine: {
    schema: Vaccine,
    code: 'vaccineCode',
    fields: [text('vaccineCode'), text('disease'), ...NAME],
  },
  product: {
    schema: Product,
    code: 'productCode',
    fields: [text('productCode'), text('vaccineCode'), ...NAME, number('countsAsDoses', false)],
  },
  programme: {
    schema: Programme,
    code: 'programmeCode',
    fields: [text('programmeCode'), ...NAME, list('series.diseases'), list('series.productCodes')],
  },
  'priority-group': {
    schema: PriorityGroup,
    code: 'groupCode',
    fields: [
      text('groupCode'),
      text('programmeCode'),
      ...NAME,
      flag('listed'),
      date('bookableFrom'),
      date('opensOn'),
      ...VALID,
      ...AGES,
    ],
  },
  'dose-rule': {
    schema: DoseRule,
    code: 'ruleCode',
    fields: [
      text('ruleCode'),
      text('programmeCode'),
      number('doseFrom', false),
      number('doseTo', false),
      list('productCodes'),
      { member: 'groupCode', type: 'text', nullable: true },
      ...VALID,
      ...AGES,
      choice('previousDose', ['any', 'same-vaccine', 'other-vaccine']),
      number('minimumDaysBetween'),
      number('minimumMonths'),
      choice('monthOverflow', ['first-of-next', 'last-of-month']),
      number('standardOffsetDays'),
      flag('oncePerProgramme'),
      flag('optional'),
      ...PROVENANCE,
    ],
  },
  'other-vaccine-rule': {
    schema: OtherVaccineRule,
    code: 'ruleCode',
    fields: [
      text('ruleCode'),
      list('programmeCodes'),
      { member: 'disease', type: 'text', nullable: true },
      number('minimumDaysBetween'),
      ...VALID,
      ...PROVENANCE,
    ],
  },
  venue: {
    schema: Venue,
    code: 'venueCode',
    fields: [
      text('venueCode'),
      choice('kind', VENUE_KINDS),
      ...NAME,
      text('town'),
      wide('address'),
      { member: 'openingHours', type: 'hours' },
      flag('closesOnHolidays'),
      list('closedDays'),
      list('productCodes'),
      date('activeFrom', false),
      date('activeTo'),
    ],
  },
};
