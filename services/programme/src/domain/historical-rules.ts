import { DoseRule, OtherVaccineRule } from '@madoguchi/contracts';
import { csvRecords } from '@madoguchi/kernel';
import type { Entry } from './entry.ts';

type Cells = Record<string, string>;

/** A CSV with a header row as one object a record, each with its line. */
function records(text: string): (Cells & { line: string })[] {
  const [header, ...rows] = csvRecords(text);
  return rows.map(({ line, values }) => ({
    ...Object.fromEntries((header?.values ?? []).map((name, place) => [name, values[place] ?? ''])),
    line: String(line),
  }));
}

const orNull = (text: string | undefined): string | null => (text ? text : null);
const numberOrNull = (text: string | undefined): number | null => (text ? Number(text) : null);
const words = (text: string | undefined): string[] => (text ? text.split(' ') : []);

/** `5y` and `6m` in months. */
const months = (age: string | undefined): number | null =>
  age ? Number(age.slice(0, -1)) * (age.endsWith('y') ? 12 : 1) : null;

const provenance = (row: Cells, source: Cells | undefined) => ({
  source: orNull(source?.['source']),
  confidence: orNull([source?.['confidence'], row['note']].filter(Boolean).join('; ')),
});

function doseRule(row: Cells, source: Cells | undefined): DoseRule {
  const { valid_from: validFrom, age_from: ageFrom } = row;
  const [doseFrom = '', doseTo = doseFrom] = (row['doses'] ?? '').split('-');
  return DoseRule.parse({
    ruleCode: row['rule'],
    programmeCode: row['programme'],
    doseFrom: Number(doseFrom),
    doseTo: Number(doseTo),
    productCodes: words(row['products']),
    validFrom,
    validTo: orNull(row['valid_to']),
    ageJudgedOn: row['age_judged_on'],
    ageFromMonths: months(ageFrom),
    ageBelowMonths: months(row['age_below']),
    bornFrom: null,
    bornTo: null,
    groupCode: orNull(row['group']),
    previousDose: row['previous'],
    minimumDaysBetween: numberOrNull(row['days_between']),
    minimumMonths: numberOrNull(row['months']),
    monthOverflow: 'first-of-next',
    standardOffsetDays: numberOrNull(row['standard']),
    oncePerProgramme: row['once'] === 'yes',
    optional: false,
    ...provenance(row, source),
  });
}

function otherVaccineRule(row: Cells, source: Cells | undefined): OtherVaccineRule {
  const { valid_from: validFrom } = row;
  return OtherVaccineRule.parse({
    ruleCode: row['rule'],
    programmeCodes: words(row['programme']),
    disease: orNull(row['products']),
    minimumDaysBetween: numberOrNull(row['days_between']),
    validFrom,
    validTo: orNull(row['valid_to']),
    ...provenance(row, source),
  });
}

/**
 * The rules of the special temporary vaccination 2021–2024 as rows: `historical_rules.csv` says them for
 * machines, `interval_rules.csv` with its sources in words; `source_line` of the former is a line of the
 * latter. Rows without dose numbers are about other vaccines, and name a disease where others name products.
 */
export function historicalRules(rulesCsv: string, sourcesCsv: string): Entry[] {
  const sources = new Map<string, Cells>(records(sourcesCsv).map((row) => [row.line, row]));
  return records(rulesCsv).map((row): Entry => {
    const cells: Cells = row;
    const source = sources.get(cells['source_line'] ?? '');
    return cells['doses']
      ? { kind: 'dose-rule', row: doseRule(cells, source) }
      : { kind: 'other-vaccine-rule', row: otherVaccineRule(cells, source) };
  });
}
