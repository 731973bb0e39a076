import type { Answer } from '../gateway/answer.ts';
import type { CatalogueKind } from '../gateway/contract-types.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Row } from './entry-draft.ts';

type Put = { kind: CatalogueKind; row: Row; revision: number; reason: string };

/** Rows were read by their own schema, so their type is known only there. */
export function putEntry(
  gateway: Gateway,
  { kind, row, revision, reason }: Put,
  key: string,
): Promise<Answer<{ revision: number; version: number }>> {
  const entry = row as never;
  switch (kind) {
    case 'vaccine':
      return gateway.putVaccine({ vaccine: entry, revision, reason }, key);
    case 'product':
      return gateway.putProduct({ product: entry, revision, reason }, key);
    case 'programme':
      return gateway.putProgramme({ programme: entry, revision, reason }, key);
    case 'priority-group':
      return gateway.putPriorityGroup({ group: entry, revision, reason }, key);
    case 'dose-rule':
      return gateway.putDoseRule({ rule: entry, revision, reason }, key);
    case 'other-vaccine-rule':
      return gateway.putOtherVaccineRule({ rule: entry, revision, reason }, key);
    case 'venue':
      return gateway.putVenue({ venue: entry, revision, reason }, key);
  }
}

type Listed = Row & { revision: number };

/** A row as it stands now, with its revision; undefined where there is none. */
export async function readEntry(
  gateway: Gateway,
  kind: CatalogueKind,
  is: (row: Row) => boolean,
): Promise<Listed | undefined> {
  if (kind === 'venue') {
    const venues = await gateway.listProgrammeVenues({});
    return venues.ok ? venues.value.venues.find(is) : undefined;
  }
  const rules = await gateway.listRules({});
  if (!rules.ok) return undefined;
  const lists: Record<Exclude<CatalogueKind, 'venue'>, readonly Listed[]> = {
    vaccine: rules.value.vaccines,
    product: rules.value.products,
    programme: rules.value.programmes,
    'priority-group': rules.value.priorityGroups,
    'dose-rule': rules.value.doseRules,
    'other-vaccine-rule': rules.value.otherVaccineRules,
  };
  return lists[kind].find(is);
}
