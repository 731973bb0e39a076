import type {
  Catalogue,
  DoseRule,
  OtherVaccineRule,
  PriorityGroup,
  Product,
  Programme,
  Vaccine,
  Venue,
} from '@madoguchi/contracts';
import { CATALOGUE_KINDS } from '@madoguchi/contracts';

/** What the catalogue holds, by kind; in the order in which one may name another. */
export type Entries = {
  vaccine: Vaccine;
  product: Product;
  programme: Programme;
  'priority-group': PriorityGroup;
  'dose-rule': DoseRule;
  'other-vaccine-rule': OtherVaccineRule;
  venue: Venue;
};
export type Kind = keyof Entries;
export type Entry = { [K in Kind]: { kind: K; row: Entries[K] } }[Kind];

type Place = { list: Exclude<keyof Catalogue, 'version'>; key: string };

/** Where a kind stands in the catalogue, and the name of its code. */
export const PLACES: Record<Kind, Place> = {
  vaccine: { list: 'vaccines', key: 'vaccineCode' },
  product: { list: 'products', key: 'productCode' },
  programme: { list: 'programmes', key: 'programmeCode' },
  'priority-group': { list: 'priorityGroups', key: 'groupCode' },
  'dose-rule': { list: 'doseRules', key: 'ruleCode' },
  'other-vaccine-rule': { list: 'otherVaccineRules', key: 'ruleCode' },
  venue: { list: 'venues', key: 'venueCode' },
};
export const KINDS: readonly Kind[] = CATALOGUE_KINDS;

export const codeOf = ({ kind, row }: Entry): string =>
  String((row as Record<string, unknown>)[PLACES[kind].key]);

const missing = (names: readonly (string | null)[], known: ReadonlySet<string>): string[] =>
  names.filter((name) => name !== null && !known.has(name)) as string[];

/** Codes that an entry names and that the catalogue does not have. */
export function unknownReferences(catalogue: Catalogue, entry: Entry): string[] {
  const vaccines = new Set(catalogue.vaccines.map((one) => one.vaccineCode));
  const products = new Set(catalogue.products.map((one) => one.productCode));
  const programmes = new Set(catalogue.programmes.map((one) => one.programmeCode));
  switch (entry.kind) {
    case 'vaccine':
      return [];
    case 'product':
      return missing([entry.row.vaccineCode], vaccines);
    case 'programme':
      return missing(entry.row.series.productCodes, products);
    case 'priority-group':
      return missing([entry.row.programmeCode], programmes);
    case 'dose-rule': {
      const { programmeCode, productCodes, groupCode } = entry.row;
      // A group of another programme says nothing about this one.
      const groups = catalogue.priorityGroups
        .filter((group) => group.programmeCode === programmeCode)
        .map((group) => group.groupCode);
      return [
        ...missing([programmeCode], programmes),
        ...missing(productCodes, products),
        ...missing([groupCode], new Set(groups)),
      ];
    }
    case 'other-vaccine-rule':
      return missing(entry.row.programmeCodes, programmes);
    case 'venue':
      return missing(entry.row.productCodes, products);
  }
}

const reversed = <T extends string | number>(from: T | null, to: T | null): boolean =>
  from !== null && to !== null && from > to;

/** Whether hours end before they begin, or one of them begins before the one before has ended. */
export function overlapping(hours: Venue['openingHours']): boolean {
  const ordered = hours.toSorted((a, b) =>
    `${a.weekday}${a.opens}`.localeCompare(`${b.weekday}${b.opens}`),
  );
  return ordered.some(({ weekday, opens, closes }, place) => {
    const next = ordered[place + 1];
    return opens >= closes || (next?.weekday === weekday && next.opens < closes);
  });
}

/** Names of ranges that end before they begin, and of opening hours that overlap. */
export function reversedRanges({ kind, row }: Entry): string[] {
  const wrong: [string, boolean][] = [];
  if ('validFrom' in row) wrong.push(['validTo', reversed(row.validFrom, row.validTo)]);
  if ('bornFrom' in row) {
    wrong.push(['bornTo', reversed(row.bornFrom, row.bornTo)]);
    wrong.push(['ageBelowMonths', reversed(row.ageFromMonths, row.ageBelowMonths)]);
  }
  if ('opensOn' in row) wrong.push(['opensOn', reversed(row.bookableFrom, row.opensOn)]);
  if ('doseFrom' in row) wrong.push(['doseTo', reversed(row.doseFrom, row.doseTo)]);
  if (kind === 'venue') {
    wrong.push(['activeTo', reversed(row.activeFrom, row.activeTo)]);
    wrong.push(['openingHours', overlapping(row.openingHours)]);
  }
  return wrong.filter(([, holds]) => holds).map(([name]) => name);
}
