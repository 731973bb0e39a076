import type { Catalogue, Venue, VenueImportReport } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import type { CsvRecord, Refusal, Result } from '@madoguchi/kernel';
import { canonicalJson, firstFaults, ok, plainCell, readCsv, refuse } from '@madoguchi/kernel';
import { unknownReferences } from '../domain/entry.ts';
import { readVenue } from '../domain/read-venue.ts';
import type { Column, VenueCells } from '../domain/venue-columns.ts';
import { COLUMNS, REQUIRED } from '../domain/venue-columns.ts';
import { readCatalogue } from '../store/catalogue-store.ts';
import { changeCatalogue, lockCatalogue } from '../store/change-catalogue.ts';

type Refused = VenueImportReport['refused'];
const MOST_ROWS = 5_000;
/** As many as `count-affected-bookings` takes at once. */
const MOST_COUNTED = 1_000;

/** Which column of ours stands where in the file. */
function readHeader(names: readonly string[]) {
  const known = new Map(Object.entries(COLUMNS).map(([column, name]) => [name, column as Column]));
  const columns = names.map((name) => known.get(name.trim() as never));
  const missing = REQUIRED.filter((column) => !columns.includes(column)).map((one) => COLUMNS[one]);
  const twice = columns.filter((column, place) => column && columns.indexOf(column) !== place);
  return {
    columns,
    faults: [
      ...missing.map((name) => `列 ${name} がありません`),
      ...twice.map((column) => `列 ${COLUMNS[column ?? 'code']} が二つあります`),
    ],
    ignored: names.filter((_, place) => columns[place] === undefined),
  };
}

function readRows(
  records: readonly CsvRecord[],
  columns: readonly (Column | undefined)[],
  catalogue: Catalogue,
): { venues: Venue[]; refused: Refused } {
  const refused: Refused = [];
  const venues: Venue[] = [];
  const lines = new Map<string, number>();
  for (const { line, values } of records) {
    const fail = (column: string, reason: string) => refused.push({ line, column, reason });
    if (values.length !== columns.length) {
      fail('', `列が ${columns.length} ではなく ${values.length} あります`);
      continue;
    }
    const cells: VenueCells = {};
    for (const [place, column] of columns.entries())
      if (column) cells[column] = plainCell(values[place] ?? '');
    const read = readVenue(cells);
    if (!read.ok) {
      for (const { column, reason } of read.refusal) fail(column, reason);
      continue;
    }
    const { venueCode } = read.value;
    const before = lines.get(venueCode);
    if (before !== undefined) fail(COLUMNS.code, `${before} 行目と同じ会場です`);
    lines.set(venueCode, line);
    const unknown = unknownReferences(catalogue, { kind: 'venue', row: read.value });
    if (unknown.length > 0) fail(COLUMNS.products, '登録されていないワクチンです');
    venues.push(read.value);
  }
  return { venues, refused };
}

/**
 * Takes the venues of a file: all rows, or none and every fault by line and column. Venues that are not
 * in the file stay as they are.
 */
export async function takeVenues(
  tx: Transaction,
  { bytes, dryRun, now }: { bytes: Uint8Array; dryRun: boolean; now: Date },
): Promise<Result<VenueImportReport, Refusal<'import_refused'>>> {
  const file = readCsv(bytes);
  if (!file.ok)
    return refuse('import_refused', { faults: [`${file.refusal.line} 行目がCSVとして読めません`] });
  const { encoding, records } = file.value;
  const [first, ...rows] = records;
  if (rows.length > MOST_ROWS)
    return refuse('import_refused', { faults: [`${MOST_ROWS} 行までです`] });
  if (!first) return refuse('import_refused', { faults: ['ファイルが空です'] });
  const header = readHeader(first.values);
  if (header.faults.length > 0) return refuse('import_refused', { faults: header.faults });
  const { municipalityCode } = tx.who;
  await lockCatalogue(tx.query, municipalityCode);
  const catalogue = await readCatalogue(tx.query, municipalityCode);
  const { venues, refused } = readRows(rows, header.columns, catalogue);
  const known = new Map(catalogue.venues.map((one) => [one.venueCode, canonicalJson(one)]));
  const news = venues.filter((one) => known.get(one.venueCode) !== canonicalJson(one));
  const others = news.filter((one) => known.has(one.venueCode));
  const added = news.length - others.length;
  const taken = refused.length === 0;
  if (taken && !dryRun) {
    const changes = news.map((row) => ({ entry: { kind: 'venue', row } as const }));
    const done = await changeCatalogue(tx, changes, { reason: 'import of a file of venues', now });
    if (!done.ok) throw new Error(`venues: ${done.refusal.code}`);
  }
  const counts = taken
    ? { added, changed: news.length - added, unchanged: venues.length - news.length }
    : { added: 0, changed: 0, unchanged: 0 };
  tx.audit({
    action: 'import',
    operation: 'programme.import-venues',
    outcome: taken ? 'done' : 'refused',
    detail: { ...counts, rows: rows.length, refused: refused.length, dryRun },
  });
  return ok({
    encoding,
    rows: rows.length,
    ...counts,
    ignoredColumns: header.ignored,
    refused: firstFaults(refused),
    ...(taken && dryRun && others.length <= MOST_COUNTED
      ? { wouldChange: { version: catalogue.version, venues: others } }
      : {}),
  });
}
