import type { GroupImportReport } from '@madoguchi/contracts';
import type { Refusal, Result } from '@madoguchi/kernel';
import { ok, readCsv, refuse } from '@madoguchi/kernel';
import type { GroupRow } from '../domain/group-row.ts';
import { readGroupHeader, readGroupRow } from '../domain/group-row.ts';
import type { Rules } from '../domain/rulebook.ts';

/** A file as it was read: rows that stand on their own, and the faults of the others. */
export type ReadList = {
  rows: { line: number; row: GroupRow }[];
  report: GroupImportReport;
};

const MOST_ROWS = 50_000;

/** Reads a list of people, CP932 or UTF-8. Nobody is on the same list twice. */
export function readList(
  bytes: Uint8Array,
  given: { rules: Rules; source: string },
): Result<ReadList, Refusal<'import_refused'>> {
  const file = readCsv(bytes);
  if (!file.ok)
    return refuse('import_refused', { faults: [`${file.refusal.line} 行目がCSVとして読めません`] });
  const { encoding, records } = file.value;
  const [first, ...rest] = records;
  if (rest.length > MOST_ROWS)
    return refuse('import_refused', {
      faults: [`${MOST_ROWS} 行までです。ファイルを分けてください`],
    });
  const read = readGroupHeader(first?.values ?? []);
  if (!read.ok) return refuse('import_refused', { faults: read.faults });
  const { header } = read;
  const lines = new Map<string, number>();
  const list: ReadList = {
    rows: [],
    report: {
      encoding,
      rows: rest.length,
      entered: 0,
      changed: 0,
      unchanged: 0,
      ended: 0,
      ignoredColumns: header.ignored,
      refused: [],
    },
  };
  for (const { line, values } of rest) {
    const one = readGroupRow(header, values, given);
    if (!one.ok) {
      list.report.refused.push(...one.faults.map((fault) => ({ line, ...fault })));
      continue;
    }
    const key = `${one.row.groupCode}/${one.row.addresseeNumber}`;
    const before = lines.get(key);
    if (before === undefined) list.rows.push({ line, row: one.row });
    else
      list.report.refused.push({
        line,
        column: '宛名番号',
        reason: `${before} 行目と同じ人・同じ区分です。どちらかを消してください`,
      });
    lines.set(key, before ?? line);
  }
  return ok(list);
}
