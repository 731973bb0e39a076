import type { ResidentCopy, Who } from '@madoguchi/contracts';
import { residentsChanged } from '@madoguchi/contracts';
import type { Database, Query, Transaction } from '@madoguchi/database';
import type { CalendarDate } from '@madoguchi/kernel';
import { newId } from '@madoguchi/kernel';
import type { ResidencyKind } from '../domain/residency.ts';
import { residencyIntervals } from '../domain/residency.ts';
import { reviseResidency } from '../domain/revise-residency.ts';
import { noteRowsDone } from '../store/import-runs.ts';
import type { Merged, Removal } from '../store/import-store.ts';
import { mergeStaged, protectHouseholds, removeResidents } from '../store/import-store.ts';
import type { LearnedEvent } from '../store/residency-store.ts';
import {
  giveUpEvents,
  learnEvents,
  residencyEvents,
  setResidency,
} from '../store/residency-store.ts';
import { stageLines } from '../store/staged-rows.ts';

/** Rows that are written together, or not at all. No person is in it twice. */
export type Lot = {
  /** Lines of `stagedLine`. */
  lines: string[];
  households: Set<string>;
  /** Numbers whose row has no restriction. */
  free: Set<string>;
  removals: Removal[];
};
export const emptyLot = (): Lot => ({
  lines: [],
  households: new Set(),
  free: new Set(),
  removals: [],
});

export type LotOptions = {
  database: Database;
  municipalityCode: string;
  who: Who;
  today: CalendarDate;
  importRunId: string;
  dryRun?: boolean;
  /** Place of the row behind the last one of this lot, where the file is done in its order. */
  rowsDone?: number;
};

/** What became of the rows of a lot. */
export type LotCounts = {
  added: number;
  changed: number;
  /** Among the changed: who is off the register now, by what. */
  movedOut: number;
  died: number;
  removedOtherwise: number;
  unchanged: number;
  newlyProtected: number;
  /** Rows whose restriction is gone from the file; only a second person can take it away. */
  protectionKept: number;
};

/** Most residents in one event, and most named by one audit entry. */
const EVENT_SIZE = 500;
const AUDIT_SIZE = 1_000;

class DryRun extends Error {
  override readonly name = 'DryRun';
  readonly counts: LotCounts;
  constructor(counts: LotCounts) {
    super('nothing is kept of a dry run');
    this.counts = counts;
  }
}

const inLots = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, lot) =>
    list.slice(lot * size, (lot + 1) * size),
  );

/** Lines by the hundred, so that a large lot is not copied at once. */
function* inPieces(lines: readonly string[]): Generator<string> {
  for (const piece of inLots(lines, 100)) yield piece.join('');
}

/** Revises what is believed of the residence of those whose row says something new about it. */
async function reviseResidences(
  query: Query,
  moved: readonly Merged[],
  today: CalendarDate,
): Promise<void> {
  if (moved.length === 0) return;
  const events = await residencyEvents(
    query,
    moved.map((one) => one.residentId),
  );
  const givenUpIds: string[] = [];
  const learnedEvents: LearnedEvent[] = [];
  for (const person of moved) {
    const believed = (events.get(person.residentId) ?? []).filter((one) => !one.knownUntil);
    const { givenUp, learned } = reviseResidency(
      believed,
      {
        birthDay: person.dateOfBirth as CalendarDate,
        residencyKind: person.residencyKind as ResidencyKind | null,
        residencyEventDate: person.residencyEventDate as CalendarDate | null,
        removalKind: person.removalKind as ResidencyKind | null,
        removalDate: person.removalDate as CalendarDate | null,
      },
      today,
    );
    givenUpIds.push(...givenUp.map((one) => one.id));
    learnedEvents.push(...learned.map((one) => ({ ...one, residentId: person.residentId })));
    person.residency = residencyIntervals(
      [...believed.filter((one) => !givenUp.includes(one)), ...learned],
      person.dateOfBirth as CalendarDate,
    );
  }
  await giveUpEvents(query, givenUpIds, today);
  await learnEvents(query, learnedEvents);
  await setResidency(
    query,
    moved.map(({ residentId, residency }) => ({ residentId, residency })),
  );
}

function countUp(lot: Lot, merged: readonly Merged[], removed: readonly Merged[]): LotCounts {
  const changed = [...merged.filter((one) => one.touched && !one.added), ...removed];
  const left = changed.filter((one) => one.removalChanged && one.removalKind !== null);
  const by = (...kinds: string[]): number =>
    left.filter((one) => kinds.includes(one.removalKind ?? '')).length;
  const added = merged.filter((one) => one.added).length;
  return {
    added,
    changed: changed.length,
    movedOut: by('moved-out', 'moved-abroad'),
    died: by('died'),
    removedOtherwise: left.length - by('moved-out', 'moved-abroad', 'died'),
    unchanged: lot.lines.length + lot.removals.length - added - changed.length,
    newlyProtected: merged.filter((one) => one.newlyProtected).length,
    protectionKept: merged.filter((one) => one.restricted && lot.free.has(one.addresseeNumber))
      .length,
  };
}

/** What the neighbours may know, without what the merge told beside it. */
const copyOf = ({ residentId, version, dateOfBirth, residency, refer }: ResidentCopy) => ({
  residentId,
  version,
  dateOfBirth,
  residency,
  refer,
});

async function write(tx: Transaction, lot: Lot, options: LotOptions): Promise<LotCounts> {
  const { municipalityCode, today } = options;
  let merged: Merged[] = [];
  if (lot.lines.length > 0) {
    await stageLines(tx, inPieces(lot.lines));
    merged = await mergeStaged(tx.query, municipalityCode, today);
  }
  const removed =
    lot.removals.length === 0
      ? []
      : await removeResidents(tx.query, municipalityCode, lot.removals);
  const touched = [...merged.filter((one) => one.touched), ...removed];
  await reviseResidences(
    tx.query,
    touched.filter((one) => one.moved),
    today,
  );
  const inherited = await protectHouseholds(tx.query, municipalityCode, [...lot.households]);
  const copies = new Map([...touched, ...inherited].map((one) => [one.residentId, copyOf(one)]));
  const counts = countUp(lot, merged, removed);
  counts.newlyProtected += inherited.length;
  for (const residents of inLots([...copies.values()], EVENT_SIZE))
    tx.record({
      type: residentsChanged,
      aggregateId: newId(),
      aggregateVersion: 1,
      payload: { residents },
    });
  for (const residents of inLots([...copies.keys()], AUDIT_SIZE))
    tx.audit({
      action: 'import',
      operation: 'registry.import-residents',
      outcome: 'done',
      residents,
      detail: { importRunId: options.importRunId, ...counts },
    });
  if (options.rowsDone !== undefined)
    await noteRowsDone(tx.query, options.importRunId, options.rowsDone);
  return counts;
}

/** Writes rows with their events and their audit entries together, or not at all. */
export async function writeLot(lot: Lot, options: LotOptions): Promise<LotCounts> {
  try {
    return await options.database.transaction(options.who, async (tx) => {
      const counts = await write(tx, lot, options);
      if (options.dryRun) throw new DryRun(counts);
      return counts;
    });
  } catch (error) {
    if (error instanceof DryRun) return error.counts;
    throw error;
  }
}
