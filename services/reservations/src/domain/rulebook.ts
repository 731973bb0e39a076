import type {
  Catalogue,
  DoseRule,
  OtherVaccineRule,
  PriorityGroup,
  Programme,
} from '@madoguchi/contracts';
import type { CalendarDate } from '@madoguchi/kernel';

/** The programme's rules as of a version: a copy, read whole. */
export type Rules = Omit<Catalogue, 'venues'>;
/** The rules as they meet a question: of the day on which a booking would be made. */
export type Rulebook = Rules & { askedOn: CalendarDate };
export type { DoseRule, OtherVaccineRule, PriorityGroup, Programme };

export const NO_RULES: Rules = {
  version: 0,
  vaccines: [],
  products: [],
  programmes: [],
  doseRules: [],
  otherVaccineRules: [],
  priorityGroups: [],
};

/** Whether a row is in force on a day of vaccination; the end is not included. */
export const isInForce = (
  row: { validFrom: string; validTo: string | null },
  day: string,
): boolean => row.validFrom <= day && (row.validTo === null || day < row.validTo);

export function vaccineOf(rules: Rulebook, productCode: string): string | undefined {
  return rules.products.find((one) => one.productCode === productCode)?.vaccineCode;
}

export function diseaseOf(rules: Rulebook, productCode: string): string | undefined {
  const vaccine = vaccineOf(rules, productCode);
  return rules.vaccines.find((one) => one.vaccineCode === vaccine)?.disease;
}

/** Whether a product's doses belong to a programme's series. */
export function countsInSeries(
  rules: Rulebook,
  programmeCode: string,
  productCode: string,
): boolean {
  const series = rules.programmes.find((one) => one.programmeCode === programmeCode)?.series;
  if (!series) return false;
  const disease = diseaseOf(rules, productCode);
  return (
    series.productCodes.includes(productCode) ||
    (disease !== undefined && series.diseases.includes(disease))
  );
}

/** The product that is wanted; where none is named, every one that is offered. */
export const productsWanted = (
  rules: Rulebook,
  wanted: Parameters<typeof productsOffered>[1] & { productCode?: string | undefined },
): string[] =>
  wanted.productCode === undefined ? productsOffered(rules, wanted) : [wanted.productCode];

/** Products that some rule, of a programme or of any, gives as this dose on a day of the range, both ends included. */
export function productsOffered(
  rules: Rulebook,
  wanted: {
    doseNumber: number;
    from: string;
    to: string;
    programmeCode?: string | undefined;
  },
): string[] {
  const { doseNumber, from, to, programmeCode } = wanted;
  const offering = rules.doseRules.filter(
    (rule) =>
      (programmeCode === undefined || rule.programmeCode === programmeCode) &&
      rule.doseFrom <= doseNumber &&
      doseNumber <= rule.doseTo &&
      rule.validFrom <= to &&
      (rule.validTo === null || from < rule.validTo),
  );
  return [...new Set(offering.flatMap((rule) => rule.productCodes))];
}
