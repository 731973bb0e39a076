import type { CalendarDate } from '@madoguchi/kernel';
import { addDays, refuse } from '@madoguchi/kernel';
import type { Refusal } from '@madoguchi/kernel';
import type { Entries, Entry } from './entry.ts';
import { codeOf } from './entry.ts';

/** Kinds of rows that hold for a range of days, and so can be followed by another version of themselves. */
export type DatedKind = 'dose-rule' | 'other-vaccine-rule' | 'priority-group';
export type DatedEntry = { [K in DatedKind]: { kind: K; row: Entries[K] } }[DatedKind];

/** One version of a rule or group: its code, and the days on which it holds, half-open. */
export type Version = { code: string; validFrom: string; validTo: string | null };

type Days = Pick<Version, 'validFrom' | 'validTo'>;

export const isDated = (entry: Entry): entry is DatedEntry =>
  entry.kind === 'dose-rule' ||
  entry.kind === 'other-vaccine-rule' ||
  entry.kind === 'priority-group';

/** A version is taken back by ending it on its own first day. */
const isTakenBack = ({ validFrom, validTo }: Days): boolean =>
  validTo !== null && validTo <= validFrom;

/** The versions before and behind that of a code, without what was taken back. */
function around(versions: readonly Version[], code: string) {
  const place = versions.findIndex((one) => one.code === code);
  const holding = (some: readonly Version[]) => some.filter((one) => !isTakenBack(one));
  if (place < 0) return { earlier: undefined, later: undefined };
  const own = versions[place]?.validFrom ?? '';
  // Of those that begin on one day all but one were taken back, and that one is what follows.
  const [later] = holding(versions.filter((one) => one.code !== code && one.validFrom >= own));
  const earlier = holding(versions.filter((one) => one.validFrom < own)).at(-1);
  return { earlier, later };
}

/** The version that follows that of a code, unless it was taken back. */
export const laterVersion = (versions: readonly Version[], code: string): Version | undefined =>
  around(versions, code).later;

type Overlap = {
  ok: false;
  refusal: Refusal<'later_version_overlapped' | 'earlier_version_overlapped'>;
};

function intoLater({ validFrom, validTo }: Days, later: Version): Overlap | undefined {
  const { code, validFrom: begun } = later;
  const item =
    validFrom >= begun ? 'validFrom' : validTo === null || validTo > begun ? 'validTo' : undefined;
  if (item === undefined) return undefined;
  const ja = `後の版 ${code} が ${begun} から始まります。この行は ${begun} の前日までにするか、先にその版の始まりを直してください。`;
  const en = `Its next version ${code} begins on ${begun}. Let this one end by then, or correct that beginning first.`;
  return refuse('later_version_overlapped', {
    code,
    validFrom: begun,
    items: [{ item, ja, en }],
  });
}

function intoEarlier({ validFrom }: Days, earlier: Version): Overlap | undefined {
  const { code, validTo } = earlier;
  if (validTo === null) {
    const ja = `前の版 ${code} には終わりがありません。先にその版をこの行が始まる前日までで終わらせてください。`;
    const en = `Its earlier version ${code} has no end. End that one before this one begins first.`;
    return refuse('earlier_version_overlapped', { code, items: [{ item: 'validFrom', ja, en }] });
  }
  if (validFrom >= validTo) return undefined;
  const lastDay = addDays(validTo as CalendarDate, -1);
  const ja = `前の版 ${code} の最終日は ${lastDay} です。この行は ${validTo} 以降に始めるか、先にその版の終わりを直してください。`;
  const en = `The last day of its earlier version ${code} is ${lastDay}. Let this one begin on ${validTo} or later, or correct that end first.`;
  return refuse('earlier_version_overlapped', {
    code,
    lastDay,
    items: [{ item: 'validFrom', ja, en }],
  });
}

/**
 * Why a corrected row may not stand beside the other versions of it: on some day two of them would hold,
 * or their order would be another one. What is taken back holds on no day and is in nobody's way.
 */
export function overlapWithVersions(
  entry: Entry,
  versions: readonly Version[],
): Overlap | undefined {
  if (!isDated(entry) || isTakenBack(entry.row)) return undefined;
  const { earlier, later } = around(versions, codeOf(entry));
  return (later && intoLater(entry.row, later)) ?? (earlier && intoEarlier(entry.row, earlier));
}
