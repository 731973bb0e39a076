import type { Catalogue, changeFromDay, DoseRule, RefusalOf } from '@madoguchi/contracts';
import type { Refusal, Result } from '@madoguchi/kernel';
import { canonicalJson, ok, refuse } from '@madoguchi/kernel';
import type { Entry } from './entry.ts';
import { codeOf, PLACES, reversedRanges, unknownReferences } from './entry.ts';
import type { DatedEntry, Version } from './versions.ts';
import { laterVersion } from './versions.ts';

/** Rows that are written together, with which of them continues which. */
export type VersionChange = { entry: DatedEntry; continues?: string; continuedBy?: string };
/** A rule that named a group: what it was ended for, or only made to name the next version. */
export type CarriedOver = { ended: string | null; begun: string };
export type NextVersion = { changes: VersionChange[]; carriedOver: CarriedOver[] };

const LONGEST_CODE = 64;

const inForce = (row: { validFrom: string; validTo: string | null }, day: string): boolean =>
  row.validFrom < day && (row.validTo === null || day < row.validTo);

const rowsOf = (catalogue: Catalogue, { kind }: DatedEntry): DatedEntry['row'][] => [
  ...(catalogue[PLACES[kind].list] as unknown as DatedEntry['row'][]),
];

/** The row of a code, as the catalogue has it. */
const rowOf = (
  catalogue: Catalogue,
  next: DatedEntry,
  code: string,
): DatedEntry['row'] | undefined =>
  rowsOf(catalogue, next).find((row) => codeOf({ kind: next.kind, row } as Entry) === code);

/** What a row says beside its code and its days. */
const substance = ({ kind, row }: DatedEntry): string =>
  canonicalJson({ ...row, [PLACES[kind].key]: '', validFrom: '' });

/** A code that no rule has: that of the rule before, with the day. */
function codeFrom(ruleCode: string, day: string, taken: ReadonlySet<string>): string {
  const stem = ruleCode.replace(/-\d{8}$/u, '');
  for (let count = 1; ; count += 1) {
    const end = `-${day.replaceAll('-', '')}${count === 1 ? '' : `-${count}`}`;
    const code = `${stem.slice(0, LONGEST_CODE - end.length)}${end}`;
    if (!taken.has(code)) return code;
  }
}

/** Rules that name a group from a day on name its next version then. */
function carriedOver(
  catalogue: Catalogue,
  group: { code: string; next: string; day: string },
): { changes: VersionChange[]; carriedOver: CarriedOver[] } {
  const taken = new Set(catalogue.doseRules.map((rule) => rule.ruleCode));
  const rule = (row: DoseRule): DatedEntry => ({ kind: 'dose-rule', row });
  const found: { changes: VersionChange[]; carriedOver: CarriedOver[] } = {
    changes: [],
    carriedOver: [],
  };
  for (const row of catalogue.doseRules) {
    if (row.groupCode !== group.code) continue;
    const renamed = { ...row, groupCode: group.next };
    const { ruleCode: ended } = row;
    if (row.validFrom >= group.day) {
      found.changes.push({ entry: rule(renamed) });
      found.carriedOver.push({ ended: null, begun: ended });
    } else if (inForce(row, group.day)) {
      const begun = codeFrom(ended, group.day, taken);
      taken.add(begun);
      found.changes.push(
        { entry: rule({ ...row, validTo: group.day }), continuedBy: begun },
        { entry: rule({ ...renamed, ruleCode: begun, validFrom: group.day }), continues: ended },
      );
      found.carriedOver.push({ ended, begun });
    }
  }
  return found;
}

/** Faults of what was decided, judged by the catalogue as it would be. */
function faultsOf(catalogue: Catalogue, changes: readonly VersionChange[]) {
  const reversed = changes.flatMap(({ entry }) => reversedRanges(entry));
  if (reversed.length > 0) return refuse('range_reversed', { items: reversed });
  const groups = changes.flatMap(({ entry }) =>
    entry.kind === 'priority-group' ? [entry.row] : [],
  );
  const then = { ...catalogue, priorityGroups: [...catalogue.priorityGroups, ...groups] };
  const unknown = changes.flatMap(({ entry }) => unknownReferences(then, entry));
  return unknown.length > 0 ? refuse('reference_unknown', { unknown }) : undefined;
}

/**
 * A row changed from a day on: it ends the day before (`validTo` is half-open) and its next version begins,
 * so that on every day exactly one of the two holds. Not for today or before, since bookings and doses of
 * those days were judged already; not where a later version has been decided, which would hold twice.
 */
export function nextVersion(
  catalogue: Catalogue,
  asked: {
    code: string;
    next: DatedEntry;
    today: string;
    /** Every version there is of it. */
    versions: readonly Version[];
  },
): Result<NextVersion, Refusal<RefusalOf<typeof changeFromDay>>> {
  const { code, next, today } = asked;
  const { validFrom: day } = next.row;
  const row = rowOf(catalogue, next, code);
  if (!row) return refuse('catalogue_row_not_found');
  if (day <= today) return refuse('day_not_ahead', { today });
  const later = laterVersion(asked.versions, code);
  if (later)
    return refuse('later_version_exists', { code: later.code, validFrom: later.validFrom });
  const { validFrom, validTo } = row;
  if (!inForce(row, day))
    return refuse('not_in_force_around_day', {
      validFrom,
      ...(validTo === null ? {} : { validTo }),
    });
  const nextCode = codeOf(next);
  if (rowOf(catalogue, next, nextCode)) return refuse('code_in_use', { code: nextCode });
  const before = { kind: next.kind, row } as DatedEntry;
  if ('listed' in row && row.listed && 'listed' in next.row && next.row.listed)
    return refuse('list_belongs_to_code');
  if (substance(before) === substance(next)) return refuse('nothing_changed');
  const followers =
    next.kind === 'priority-group'
      ? carriedOver(catalogue, { code, next: nextCode, day })
      : { changes: [], carriedOver: [] };
  const ended = { kind: next.kind, row: { ...row, validTo: day } } as DatedEntry;
  const changes: VersionChange[] = [
    { entry: ended, continuedBy: nextCode },
    { entry: next, continues: code },
    ...followers.changes,
  ];
  return faultsOf(catalogue, changes) ?? ok({ changes, carriedOver: followers.carriedOver });
}
