import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '@madoguchi/service';
import { calendarDate } from '@madoguchi/kernel';
import { inventResidents } from '@madoguchi/registry/invent-residents/invent-residents';
import { writeResidentsFile } from '@madoguchi/registry/invent-residents/write-residents-file';
import { registry } from '@madoguchi/registry/service';
import { rebuildResidents } from '@madoguchi/reservations/copies/rebuild-residents';
import { reservations } from '@madoguchi/reservations/service';
import { environmentOf } from '../start/environment.ts';
import { openHome } from '../start/home.ts';
import { makeDatabases, startServers } from '../start/servers.ts';
import { importInto } from './import-into.ts';
import { rounded } from './statistics.ts';

/** The copy of residents that reservations keep, rebuilt from nothing over NATS, each page audited. */
export async function registryProjection(): Promise<Record<string, number>> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-bench-'));
  const count = Number(process.env['RESIDENTS'] ?? 700_000);
  const stops: (() => Promise<void>)[] = [];
  try {
    const home = await openHome({ MADOGUCHI_HOME: folder });
    const servers = await startServers(home, {}, stops);
    await makeDatabases(home, servers.postgresAdminUrl, ['registry', 'reservations']);
    const environment = (name: string) => ({
      environment: environmentOf(name, { home, servers, port: 0, logLevel: 'error' }),
    });
    const owner = await run(registry, environment('registry'));
    stops.push(() => owner.stop());
    const path = join(folder, 'residents.csv');
    const today = calendarDate('2026-11-24');
    await writeResidentsFile(path, inventResidents({ count, seed: 11, today }));
    const imported = await importInto(owner.runtime.database, path);
    if (!imported.ok) throw new Error(imported.refusal.code);
    const consumer = await run(reservations, environment('reservations'));
    stops.push(() => consumer.stop());
    // The events of the import arrive as well, and the job fills the copy; from nothing means without what they brought.
    const { database } = consumer.runtime;
    for (;;) {
      const [copies] = await database.read<{ count: number }>(
        `SELECT count(*)::int AS count FROM resident_copy
         WHERE EXISTS (SELECT 1 FROM copy_fill WHERE owner = 'registry')`,
      );
      if (copies?.count === count) break;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    await database.read('DELETE FROM resident_copy');
    const start = performance.now();
    const given = await rebuildResidents(consumer.runtime);
    const seconds = (performance.now() - start) / 1_000;
    if (given !== count) throw new Error(`only ${given} residents came`);
    return { residents: given, seconds: rounded(seconds), rows_per_s: Math.round(given / seconds) };
  } finally {
    for (const stop of stops.toReversed()) await stop();
    await rm(folder, { recursive: true, force: true });
  }
}
