import type { Imported, RegisterDatabase } from './register-database.ts';
import { withRegisterDatabase } from './register-database.ts';
import { rounded } from './statistics.ts';

/** As a register stands some time after an import. */
async function settle(database: RegisterDatabase): Promise<void> {
  await database.sql('TRUNCATE relay.outbox, relay.audit_entry');
  await database.sql('VACUUM ANALYZE resident');
  await database.sql('CHECKPOINT');
}

/** Seconds that a bare COPY of the same rows needs, into a table with the same indexes. */
async function bareCopy(database: RegisterDatabase): Promise<number> {
  const path = database.serverPath('rows.copy');
  await database.sql(`COPY resident TO '${path}'`);
  await database.sql('CREATE TABLE copied (LIKE resident INCLUDING ALL)');
  await database.sql('CHECKPOINT');
  const start = performance.now();
  await database.sql(`COPY copied FROM '${path}'`);
  const seconds = (performance.now() - start) / 1_000;
  await database.sql('DROP TABLE copied');
  return seconds;
}

function expectRows(imported: Imported, field: 'added' | 'changed', count: number): Imported {
  if (imported.counts[field] !== count || imported.counts.refusedRows > 0)
    throw new Error(`unexpected: ${JSON.stringify(imported.counts)}`);
  return imported;
}

/**
 * A snapshot of 700,000 rows in CP932 into an empty register; a month later with two of a hundred people
 * changed; and one in which every single row differs. Bare COPY of the same rows is the limit.
 */
export async function registryImport(): Promise<Record<string, number>> {
  return withRegisterDatabase(async (database) => {
    const { residents } = database;
    const first = await database.writeFile('first.csv');
    const month = await database.writeFile('month.csv', (row, index) =>
      index % 50 === 0 ? { ...row, 備考: '転居の届あり' } : row,
    );
    const all = await database.writeFile('all.csv', (row) => ({ ...row, 備考: '全件' }));
    const empty = expectRows(await database.import(first), 'added', residents);
    await settle(database);
    const copySeconds = await bareCopy(database);
    const monthly = expectRows(await database.import(month), 'changed', Math.ceil(residents / 50));
    await settle(database);
    const full = expectRows(await database.import(all), 'changed', residents);
    const rate = (seconds: number): number => Math.round(residents / seconds);
    return {
      rows: residents,
      rows_per_s: rate(empty.seconds),
      copy_rows_per_s: rate(copySeconds),
      ratio: rounded(copySeconds / empty.seconds),
      seconds: rounded(empty.seconds),
      peak_rss_mb: Math.round(Math.max(empty.peakRssMb, monthly.peakRssMb, full.peakRssMb)),
      month_seconds: rounded(monthly.seconds),
      full_seconds: rounded(full.seconds),
      full_rows_per_s: rate(full.seconds),
    };
  });
}
