import { canonicalJson } from '@madoguchi/kernel';

export type Row = Readonly<Record<string, unknown>>;
export type Difference = { member: string; before?: unknown; after: unknown };

/** Members in which two states of a row differ; all of them where there was none before. */
export function differencesOf(before: Row | null, after: Row): Difference[] {
  return Object.entries(after)
    .filter(
      ([member, value]) =>
        before === null || canonicalJson(before[member]) !== canonicalJson(value),
    )
    .map(([member, value]) => ({
      member,
      ...(before === null || before[member] === undefined ? {} : { before: before[member] }),
      after: value,
    }));
}
