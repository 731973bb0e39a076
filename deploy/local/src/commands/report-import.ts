import { writeFile } from 'node:fs/promises';
import type { RefusedRow } from '@madoguchi/registry/import-residents/refusals-csv';
import { refusalsCsv } from '@madoguchi/registry/import-residents/refusals-csv';
import { EXIT, report } from './outcome.ts';

export const MOST_SHOWN = 50;

/** What became of a file, in counts, and every fault of its rows. */
type Imported = { ignoredColumns: readonly string[]; refused: readonly RefusedRow[] };

/** The first faults of a file, a sentence each. */
export const faultLines = (refused: readonly RefusedRow[]): string[] =>
  refused
    .slice(0, MOST_SHOWN)
    .map(({ line, column, reason }) => `line ${line}, ${column}: ${reason}`);

/**
 * Reports an import: all faults into the file of `--refused`, the first ones here; faulty rows are exit
 * code 1.
 * @param sentence the counts in words
 */
export async function reportImport(
  { refused, ...counts }: Imported,
  options: { json?: boolean; refused?: string },
  sentence: string,
): Promise<void> {
  if (options.refused !== undefined)
    await writeFile(options.refused, refusalsCsv(refused), { mode: 0o600 });
  report(options.json === true, { ...counts, refused }, [
    sentence,
    ...counts.ignoredColumns.map((column) => `Column ignored: ${column}`),
    ...faultLines(refused),
  ]);
  if (refused.length > 0) process.exitCode = EXIT.refused;
}
