import type { CalendarDate } from '@madoguchi/kernel';
import { addDays } from '@madoguchi/kernel';

/** What an entry of the register does to residence in this municipality. */
export type ResidencyEffect =
  | 'enters'
  | 'leaves'
  /** The day itself still counts: one is a resident on the day one dies. */
  | 'leaves-after'
  | 'plans-leaving'
  | 'takes-leaving-back'
  | 'none';

/**
 * 異動事由 and 消除区分 by their meaning. A planned move (転出予定) ends nothing before it is
 * confirmed; a naturalised person lived here before under another nationality.
 */
export const RESIDENCY_KINDS = {
  'moved-in': 'enters',
  born: 'enters',
  'entered-ex-officio': 'enters',
  naturalised: 'none',
  'moved-within': 'none',
  'household-changed': 'none',
  'name-changed': 'none',
  corrected: 'none',
  'move-out-planned': 'plans-leaving',
  'moved-out': 'leaves',
  'moved-abroad': 'leaves',
  died: 'leaves-after',
  'declared-missing': 'leaves',
  'removed-ex-officio': 'leaves',
  'nationality-lost': 'leaves',
  'left-otherwise': 'leaves',
  'move-out-cancelled': 'takes-leaving-back',
} as const satisfies Record<string, ResidencyEffect>;
export type ResidencyKind = keyof typeof RESIDENCY_KINDS;

export type ResidencyEvent = {
  kind: ResidencyKind;
  on: CalendarDate;
  /** Believed from this day on, and no longer from `knownUntil` on. */
  knownFrom: CalendarDate;
  knownUntil: CalendarDate | null;
};

/** Half-open; `to` is null while it lasts. */
export type Interval = { from: CalendarDate; to: CalendarDate | null };

export const effectOf = (event: Pick<ResidencyEvent, 'kind'>): ResidencyEffect =>
  RESIDENCY_KINDS[event.kind];
const isMoveOut = ({ kind }: ResidencyEvent): boolean =>
  kind === 'moved-out' || kind === 'moved-abroad' || kind === 'move-out-planned';

/** A cancellation takes back the last move out that was known before it and that nobody came back from. */
function withoutCancelled(events: readonly ResidencyEvent[]): ResidencyEvent[] {
  const left = [...events];
  for (const cancel of events.filter((one) => effectOf(one) === 'takes-leaving-back')) {
    const taken = left
      .filter((one) => isMoveOut(one) && one.knownFrom <= cancel.knownFrom)
      .filter((out) => !left.some((one) => effectOf(one) === 'enters' && one.on >= out.on))
      .toSorted((a, b) => (a.knownFrom + a.on < b.knownFrom + b.on ? 1 : -1))[0];
    if (taken) left.splice(left.indexOf(taken), 1);
  }
  return left;
}

/** The first day on which somebody is away, by what took them away. */
const awayFrom = (event: ResidencyEvent): CalendarDate =>
  effectOf(event) === 'leaves-after' ? addDays(event.on, 1) : event.on;

type Step = { enters: boolean; day: CalendarDate };

/** Comings and goings in the order of their days. */
function stepsOf(events: readonly ResidencyEvent[]): Step[] {
  return events
    .filter((one) => ['enters', 'leaves', 'leaves-after'].includes(effectOf(one)))
    .map((one) => ({ enters: effectOf(one) === 'enters', day: awayFrom(one) }))
    .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

/** Is the first thing told a coming? */
const cameFromElsewhere = (steps: readonly Step[]): boolean =>
  steps.some((step) => step.enters && step.day === steps[0]?.day);

/** What is believed on a day: the entries known by its end and not yet given up. */
export function knownOn(events: readonly ResidencyEvent[], day: CalendarDate): ResidencyEvent[] {
  return events.filter(
    ({ knownFrom, knownUntil }) => knownFrom <= day && (knownUntil === null || day < knownUntil),
  );
}

/**
 * When a person lived here, by events that are believed. Whose first entry is not told has lived here
 * since birth. Entering twice or leaving twice changes nothing; who leaves and enters on one day stays.
 */
export function residencyIntervals(
  events: readonly ResidencyEvent[],
  birth: CalendarDate,
): Interval[] {
  const steps = stepsOf(withoutCancelled(events));
  const days = [...new Set(steps.map((step) => step.day))];
  let since: CalendarDate | undefined = cameFromElsewhere(steps) ? undefined : birth;
  const intervals: Interval[] = [];
  for (const day of days) {
    const that = steps.filter((step) => step.day === day);
    const both = that.some((step) => step.enters) && that.some((step) => !step.enters);
    // Left and came on the same day: whoever was here stays, whoever was not only passed through.
    if (both) continue;
    if (that[0]?.enters === true) since ??= day;
    else if (since !== undefined) {
      if (since < day) intervals.push({ from: since, to: day });
      since = undefined;
    }
  }
  if (since !== undefined) intervals.push({ from: since, to: null });
  return intervals;
}

export const isWithin = (intervals: readonly Interval[], day: CalendarDate): boolean =>
  intervals.some(({ from, to }) => from <= day && (to === null || day < to));

export type AsOf = {
  birth: CalendarDate;
  on: CalendarDate;
  /** "As far as we knew then": the end of this day. */
  knownOn: CalendarDate;
};

/**
 * Was this person a resident here on that day, as far as was known at the end of another? Somebody who
 * came from elsewhere was nobody to us before we heard of it.
 */
export function wasResident(events: readonly ResidencyEvent[], asked: AsOf): boolean {
  const known = knownOn(events, asked.knownOn);
  if (cameFromElsewhere(stepsOf(events)) && !known.some((one) => effectOf(one) === 'enters'))
    return false;
  return isWithin(residencyIntervals(known, asked.birth), asked.on);
}
