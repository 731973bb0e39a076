import type { Query } from '@madoguchi/database';
import type { Refusal, Result } from '@madoguchi/kernel';
import { cp932Table, csvCell, encodeCp932, ok, refuse } from '@madoguchi/kernel';
import { COLUMNS } from '../domain/venue-columns.ts';
import { writeVenue } from '../domain/write-venue.ts';
import { rowsOf } from '../store/catalogue-store.ts';

/**
 * The venues as CSV with CRLF: CP932, or UTF-8 with a mark so that spreadsheets read it. Characters that
 * CP932 has not are named, never replaced.
 */
export async function writeVenuesFile(
  query: Query,
  encoding: 'cp932' | 'utf-8',
): Promise<Result<{ bytes: Uint8Array; rows: number }, Refusal<'characters_not_encodable'>>> {
  const venues = await rowsOf(query, 'venue');
  const rows = [Object.values<string>(COLUMNS), ...venues.map(writeVenue)];
  const text = rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
  if (encoding === 'utf-8') return ok({ bytes: Buffer.from(`\ufeff${text}`), rows: venues.length });
  const { bytes, missing } = encodeCp932(text, cp932Table());
  return missing.length > 0
    ? refuse('characters_not_encodable', { characters: missing })
    : ok({ bytes, rows: venues.length });
}
