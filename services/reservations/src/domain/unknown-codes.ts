import type { Rules } from './rulebook.ts';

/** Codes that somebody names in a question about the rules. */
export type NamedCodes = {
  productCode: string;
  programmeCode?: string | undefined;
  doses: readonly { productCode: string }[];
  /** Lists of priority groups. */
  groups: readonly string[];
};
export type UnknownCode = { field: string; code: string; why: 'unknown' | 'not-listed' };

/** Codes that the rules have not, with the field of each; a group that is told by age can be named by nobody. */
export function unknownCodes(named: NamedCodes, rules: Rules): UnknownCode[] {
  const products = new Set(rules.products.map((one) => one.productCode));
  const programmes = new Set(rules.programmes.map((one) => one.programmeCode));
  const groups = new Map(rules.priorityGroups.map((one) => [one.groupCode, one]));
  const missing = (field: string, code: string, known: ReadonlySet<string>): UnknownCode[] =>
    known.has(code) ? [] : [{ field, code, why: 'unknown' }];
  const { productCode, programmeCode, doses } = named;
  return [
    ...missing('productCode', productCode, products),
    ...(programmeCode === undefined ? [] : missing('programmeCode', programmeCode, programmes)),
    ...doses.flatMap((dose, place) =>
      missing(`doses[${place}].productCode`, dose.productCode, products),
    ),
    ...named.groups.flatMap((code, place): UnknownCode[] => {
      const group = groups.get(code);
      if (group?.listed === true) return [];
      return [{ field: `groups[${place}]`, code, why: group ? 'not-listed' : 'unknown' }];
    }),
  ];
}
