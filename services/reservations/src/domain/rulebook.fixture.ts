import type { CalendarDate } from '@madoguchi/kernel';
import type { DoseRule, Rulebook } from './rulebook.ts';
import { NO_RULES } from './rulebook.ts';

/** A rule of the invented programme `autumn` that asks for nothing but what is given here. */
export function ruleWith(changes: Partial<DoseRule>): DoseRule {
  return {
    ruleCode: `rule-${changes.doseFrom ?? 1}`,
    programmeCode: 'autumn',
    doseFrom: 1,
    doseTo: changes.doseFrom ?? 1,
    productCodes: ['XA'],
    validFrom: '2026-10-01',
    validTo: '2027-04-01',
    ageJudgedOn: 'vaccination-day',
    ageFromMonths: null,
    ageBelowMonths: null,
    bornFrom: null,
    bornTo: null,
    groupCode: null,
    previousDose: 'any',
    minimumDaysBetween: null,
    minimumMonths: null,
    monthOverflow: 'first-of-next',
    standardOffsetDays: null,
    oncePerProgramme: false,
    optional: false,
    source: null,
    confidence: null,
    ...changes,
  };
}

const name = { ja: '架空', en: 'invented' };

/**
 * Rules with what they name: every product a vaccine of its own (`XA`: vaccine `XA`), all against `x`
 * except those of `others`, by disease. Every programme counts doses against `x`.
 */
export function rulebookOf(
  doseRules: readonly DoseRule[],
  more: Partial<Rulebook> & { others?: Record<string, string> } = {},
): Rulebook {
  const { others = {}, ...given } = more;
  const own = [...new Set(doseRules.flatMap((rule) => rule.productCodes))];
  const diseases = [...own.map((code) => [code, 'x'] as const), ...Object.entries(others)];
  return {
    ...NO_RULES,
    askedOn: '2026-11-20' as CalendarDate,
    version: 1,
    vaccines: diseases.map(([vaccineCode, disease]) => ({ vaccineCode, name, disease })),
    products: diseases.map(([productCode]) => ({
      productCode,
      name,
      vaccineCode: productCode,
      countsAsDoses: 1,
    })),
    programmes: [...new Set(doseRules.map((rule) => rule.programmeCode))].map((programmeCode) => ({
      programmeCode,
      name,
      series: { diseases: ['x'], productCodes: [] },
    })),
    doseRules: [...doseRules],
    ...given,
  };
}
