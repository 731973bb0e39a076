import type { CalendarDate } from '@madoguchi/kernel';
import type { Person } from './eligibility.ts';
import { historyFor } from './eligibility-history.ts';
import type { Rulebook } from './rulebook.ts';
import { diseaseOf } from './rulebook.ts';

const MOST_DOSES = 20;
type Told = { productCode: string; date: CalendarDate; doseNumber?: number | undefined };

/** Numbers doses that somebody tells of, by order of dates within the same disease, where they bear none. */
export function numberDoses(doses: readonly Told[], rules: Rulebook): Person['doses'] {
  const next = new Map<string, number>();
  return doses
    .toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
    .map(({ productCode, date, doseNumber }) => {
      const series = diseaseOf(rules, productCode) ?? productCode;
      const number = doseNumber ?? next.get(series) ?? 1;
      const product = rules.products.find((one) => one.productCode === productCode);
      next.set(series, number + (product?.countsAsDoses ?? 1));
      return { productCode, date, doseNumber: number };
    });
}

/** The dose that comes next: one more than what the person has in the series of a programme with the product. */
export function nextDose(
  person: Person,
  wanted: { productCode: string; date: string; programmeCode?: string | undefined },
  rules: Rulebook,
): number {
  const fitting = rules.doseRules.filter(
    (rule) =>
      rule.productCodes.includes(wanted.productCode) &&
      (wanted.programmeCode === undefined || rule.programmeCode === wanted.programmeCode),
  );
  const [first] = fitting;
  if (!first) return 1;
  const { series } = historyFor(person, first.programmeCode, rules);
  return Math.min(MOST_DOSES, Math.max(0, ...series.map((shot) => shot.last)) + 1);
}
