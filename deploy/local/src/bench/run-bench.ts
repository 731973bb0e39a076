import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findNatsServer, runInOwnFolder } from '@madoguchi/testing';
import { killCampaign } from '../proof/kill-campaign.ts';
import { affectedBookings } from './affected-bookings.ts';
import { booking } from './booking.ts';
import { hotSlot } from './hot-slot.ts';
import { openingRush } from './opening-rush.ts';
import { freeSlots } from './free-slots.ts';
import { overloadPool } from './overload-pool.ts';
import { pop } from './pop.ts';
import { registryImport } from './registry-import.ts';
import { registryProjection } from './registry-projection.ts';
import { registryRecall } from './registry-recall.ts';
import { registrySearch } from './registry-search.ts';
import { registryUnchanged } from './registry-unchanged.ts';
import { withInstallation } from './with-installation.ts';
import { yokohama } from './yokohama.ts';

/** What can be measured; each starts what it needs, measures, and takes it down. */
const BENCHES: Record<string, () => Promise<Record<string, number>>> = {
  booking,
  'hot-slot': hotSlot,
  yokohama,
  'opening-rush': openingRush,
  'free-slots': freeSlots,
  'affected-bookings': affectedBookings,
  'overload-pool': overloadPool,
  pop: () => withInstallation(() => pop()),
  'registry-import': registryImport,
  'registry-unchanged': registryUnchanged,
  'registry-projection': registryProjection,
  'registry-search': registrySearch,
  'registry-recall': registryRecall,
  'kill-campaign': () =>
    killCampaign({ seconds: Number(process.env['SECONDS'] ?? 300), callersPerSecond: 200 }),
};

/** `npm run bench -- NAME [--json]` prints the figures; with `--json` one object as the last line. */
const [name = ''] = process.argv.slice(2).filter((one) => !one.startsWith('--'));
const bench = BENCHES[name];
if (!bench) {
  process.stderr.write(
    `usage: npm run bench -- NAME [--json], where NAME is one of: ${Object.keys(BENCHES).join(', ')}\n`,
  );
  process.exit(2);
}
if (process.env['BENCH_FOLDER'] === undefined) {
  // In a process and a folder of its own, so that its servers and files go with it, also when it is stopped. What
  // it leaves on purpose is the record of a run with findings.
  const nats = await findNatsServer(join(tmpdir(), 'madoguchi-nats'));
  const { status, leftBehind, kept } = await runInOwnFolder(
    process.execPath,
    [...process.execArgv, ...process.argv.slice(1)],
    { environment: { NATS_SERVER: nats, BENCH_FOLDER: 'own' }, keep: /\.ndjson$/u },
  );
  for (const one of kept) process.stderr.write(`kept: ${one}\n`);
  for (const one of leftBehind) process.stderr.write(`left behind: ${one}\n`);
  process.exit(status);
}
const result = await bench();
if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(result)}\n`);
else
  for (const [key, value] of Object.entries(result))
    process.stdout.write(`${key.padEnd(20)} ${value}\n`);
