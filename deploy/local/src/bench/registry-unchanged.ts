import { withRegisterDatabase } from './register-database.ts';
import { rounded } from './statistics.ts';

const EVENTS = 'SELECT count(*)::int AS count FROM relay.outbox';

/** The same snapshot of 700,000 rows again: how long it takes to find that nothing changed. */
export async function registryUnchanged(): Promise<Record<string, number>> {
  return withRegisterDatabase(async (database) => {
    const file = await database.writeFile('snapshot.csv');
    const first = await database.import(file);
    const [before] = await database.sql<{ count: number }>(EVENTS);
    const again = await database.import(file);
    const [after] = await database.sql<{ count: number }>(EVENTS);
    return {
      rows: database.residents,
      seconds: rounded(again.seconds),
      rows_per_s: Math.round(database.residents / again.seconds),
      events: (after?.count ?? 0) - (before?.count ?? 0),
      unchanged: again.counts.unchanged,
      first_seconds: rounded(first.seconds),
      peak_rss_mb: Math.round(again.peakRssMb),
    };
  });
}
