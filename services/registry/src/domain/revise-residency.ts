import type { CalendarDate } from '@madoguchi/kernel';
import type { ResidencyEvent, ResidencyKind } from './residency.ts';
import { effectOf } from './residency.ts';

/** What a row of the register says of residence: its last event, and what took the person off. */
export type RowResidency = {
  birthDay: CalendarDate;
  residencyKind: ResidencyKind | null;
  residencyEventDate: CalendarDate | null;
  removalKind: ResidencyKind | null;
  removalDate: CalendarDate | null;
};

const NO_DAY = '0001-01-01' as CalendarDate;

/** The events a row tells that matter to residence; being born here on one's birthday tells nothing new. */
export function rowEvents(row: RowResidency, knownFrom: CalendarDate = NO_DAY): ResidencyEvent[] {
  const told = [
    { kind: row.residencyKind, on: row.residencyEventDate },
    { kind: row.removalKind, on: row.removalDate },
  ];
  const events: ResidencyEvent[] = [];
  for (const { kind, on } of told) {
    if (kind === null || on === null || effectOf({ kind }) === 'none') continue;
    if (kind === 'born' && on === row.birthDay) continue;
    if (events.some((one) => one.kind === kind && one.on === on)) continue;
    events.push({ kind, on, knownFrom, knownUntil: null });
  }
  return events;
}

export type Revision<E> = {
  /** Believed until now, and given up. */
  givenUp: E[];
  /** Known from now on. */
  learned: ResidencyEvent[];
};

const leaves = (event: Pick<ResidencyEvent, 'kind'>): boolean =>
  effectOf(event) === 'leaves' || effectOf(event) === 'leaves-after';
const enters = (event: Pick<ResidencyEvent, 'kind'>): boolean => effectOf(event) === 'enters';

/**
 * What a changed row of the register teaches us. A row tells one event only, so an older one that it no
 * longer tells stays believed unless the new row contradicts it: another day for the same coming or
 * going with nothing between them is a correction, and a going that is gone without a return was none.
 */
export function reviseResidency<E extends ResidencyEvent>(
  believed: readonly E[],
  row: RowResidency,
  today: CalendarDate,
): Revision<E> {
  const told = rowEvents(row, today);
  const learned = told.filter(
    (one) => !believed.some((old) => old.kind === one.kind && old.on === one.on),
  );
  const takenBack = told.some((one) => effectOf(one) === 'takes-leaving-back');
  const between = (a: CalendarDate, b: CalendarDate, which: typeof enters): boolean =>
    [...believed, ...told].some(
      (one) => which(one) && one.on >= (a < b ? a : b) && one.on <= (a < b ? b : a),
    );
  const givenUp = believed.filter((old) => {
    if (told.some((one) => one.kind === old.kind && one.on === old.on)) return false;
    if (enters(old)) {
      const again = learned.find((one) => one.kind === old.kind);
      return again !== undefined && !between(old.on, again.on, leaves);
    }
    if (!leaves(old)) return false;
    const going = told.find(leaves);
    if (going) return !between(old.on, going.on, enters);
    const cameBack = [...believed, ...told].some((one) => enters(one) && one.on >= old.on);
    return !takenBack && !cameBack;
  });
  return { givenUp, learned };
}
