import type { Who } from '@madoguchi/contracts';
import { residentsChanged } from '@madoguchi/contracts';
import type { Database, Transaction } from '@madoguchi/database';
import { newId } from '@madoguchi/kernel';
import type { ResidentRecord } from '../domain/resident-row.ts';
import type { Scope } from '../store/import-store.ts';
import { protectHouseholds, upsertResidents } from '../store/import-store.ts';
import { residentCopies } from '../store/resident-copy.ts';

export type ChunkOptions = Scope & {
  database: Database;
  who: Who;
  importRunId: string;
  dryRun?: boolean;
};

/** What became of the rows of a chunk. */
export type ChunkCounts = {
  added: number;
  changed: number;
  unchanged: number;
  newlyProtected: number;
  /** Rows whose restriction is gone from the file; only a second person can take it away. */
  protectionKept: number;
};

/** Most residents in one event. */
const EVENT_SIZE = 500;

class DryRun extends Error {
  override readonly name = 'DryRun';
  readonly counts: ChunkCounts;
  constructor(counts: ChunkCounts) {
    super('nothing is kept of a dry run');
    this.counts = counts;
  }
}

async function announce(tx: Transaction, ids: readonly string[]): Promise<void> {
  for (let start = 0; start < ids.length; start += EVENT_SIZE) {
    const residents = await residentCopies(tx.query, { ids: ids.slice(start, start + EVENT_SIZE) });
    tx.record({
      type: residentsChanged,
      aggregateId: newId(),
      aggregateVersion: 1,
      payload: { residents },
    });
  }
}

async function write(
  tx: Transaction,
  records: readonly ResidentRecord[],
  options: ChunkOptions,
): Promise<ChunkCounts> {
  // Two rows of one person in one chunk: the last one holds, as it would across chunks.
  const unique = [...new Map(records.map((record) => [record.addresseeNumber, record])).values()];
  const touched = await upsertResidents(tx.query, unique, options);
  const households = unique.map((record) => record.householdNumber).filter((one) => one !== null);
  const inherited = await protectHouseholds(tx.query, options.municipalityCode, households);
  const ids = [...new Set([...touched.map((row) => row.id), ...inherited])];
  await announce(tx, ids);
  const added = touched.filter((row) => row.added).length;
  const counts = {
    added,
    changed: touched.length - added,
    unchanged: records.length - touched.length,
    newlyProtected: inherited.length,
    protectionKept: touched.filter((row) => row.protectionKept).length,
  };
  tx.audit({
    action: 'import',
    operation: 'registry.import-residents',
    outcome: 'done',
    residents: ids.slice(0, 1_000),
    detail: { importRunId: options.importRunId, ...counts },
  });
  return counts;
}

/** Writes rows with their events and their audit entry together, or not at all. */
export async function writeChunk(
  records: readonly ResidentRecord[],
  options: ChunkOptions,
): Promise<ChunkCounts> {
  try {
    return await options.database.transaction(options.who, async (tx) => {
      const counts = await write(tx, records, options);
      if (options.dryRun) throw new DryRun(counts);
      return counts;
    });
  } catch (error) {
    if (error instanceof DryRun) return error.counts;
    throw error;
  }
}
