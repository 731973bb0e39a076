import type { CatalogueEntry } from '@madoguchi/contracts';
import type { Rulebook } from './rulebook.ts';

/**
 * Rows with those of the same code replaced and new ones among them, in the order of their codes as their
 * owner keeps them: of rows with equally many reasons against somebody the first one speaks.
 */
function replaced<Row>(
  rows: readonly Row[],
  by: readonly Row[],
  codeOf: (row: Row) => string,
): Row[] {
  const news = new Map(by.map((row) => [codeOf(row), row]));
  const kept = rows.map((row) => {
    const code = codeOf(row);
    const next = news.get(code);
    news.delete(code);
    return next ?? row;
  });
  return [...kept, ...news.values()].toSorted((a, b) => (codeOf(a) < codeOf(b) ? -1 : 1));
}

const rowsOf = <Kind extends CatalogueEntry['kind']>(
  entries: readonly CatalogueEntry[],
  kind: Kind,
) =>
  entries.flatMap((entry) => (entry.kind === kind ? [entry.row] : [])) as Extract<
    CatalogueEntry,
    { kind: Kind }
  >['row'][];

/** The rules as they would be with these rows entered; venues are no rules. */
export function layOver(rules: Rulebook, entries: readonly CatalogueEntry[]): Rulebook {
  return {
    ...rules,
    vaccines: replaced(rules.vaccines, rowsOf(entries, 'vaccine'), (row) => row.vaccineCode),
    products: replaced(rules.products, rowsOf(entries, 'product'), (row) => row.productCode),
    programmes: replaced(
      rules.programmes,
      rowsOf(entries, 'programme'),
      (row) => row.programmeCode,
    ),
    priorityGroups: replaced(
      rules.priorityGroups,
      rowsOf(entries, 'priority-group'),
      (row) => row.groupCode,
    ),
    doseRules: replaced(rules.doseRules, rowsOf(entries, 'dose-rule'), (row) => row.ruleCode),
    otherVaccineRules: replaced(
      rules.otherVaccineRules,
      rowsOf(entries, 'other-vaccine-rule'),
      (row) => row.ruleCode,
    ),
  };
}
