import { SERVICES } from '@madoguchi/contracts';
import { portAnswers, StartFault } from '@madoguchi/testing';
import { claimHome } from './start/claim-home.ts';
import { openHome, storageFault } from './start/home.ts';
import { preparePages } from './start/prepare.ts';
import { runInOneProcess, runInProcesses } from './start/run-services.ts';
import { seedCity, welcome } from './start/seed-city.ts';
import { makeDatabases, startServers } from './start/servers.ts';
import { watchServers } from './start/watch-servers.ts';

type Stop = () => Promise<void>;

function settings(environment: NodeJS.ProcessEnv): { port: number; residents: number } {
  const port = Number(environment['PORT'] ?? 8080);
  const residents = Number(environment['RESIDENTS'] ?? 10_000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new StartFault('PORT must be a number from 1 to 65535.');
  if (!Number.isInteger(residents) || residents < 100)
    throw new StartFault('RESIDENTS must be a whole number of at least 100.');
  return { port, residents };
}

/** `npm start`: everything on one machine. What was started is noted in `stops` as it comes up. */
async function start(stops: Stop[]): Promise<void> {
  const environment = process.env;
  const { port, residents } = settings(environment);
  if (await portAnswers(port))
    throw new StartFault(`Port ${port} is in use; stop what uses it or set PORT to another one.`);
  preparePages();
  const home = await openHome(environment);
  stops.push(await claimHome(home));
  try {
    const servers = await startServers(home, environment, stops);
    const watched = watchServers(servers);
    stops.push(() => watched.stop());
    await makeDatabases(
      home,
      servers.postgresAdminUrl,
      SERVICES.filter((name) => name !== 'console'),
    );
    const options = { home, servers, port, logLevel: environment['LOG_LEVEL'] ?? 'warn' };
    let running = await runInOneProcess(options);
    stops.push(() => running.stop());
    const url = `http://localhost:${port}`;
    const city = { home, running, residents, postgresAdminUrl: servers.postgresAdminUrl, url };
    await seedCity(city);
    if (process.argv.includes('--processes')) {
      await running.stop();
      running = await runInProcesses(options);
    }
    await welcome(city);
  } catch (error) {
    throw storageFault(error, home.folder) ?? error;
  }
}

const stops: Stop[] = [];
let stopping: Promise<void> | undefined;
const stopAll = (): Promise<void> =>
  (stopping ??= (async () => {
    for (const stop of stops.toReversed()) await stop();
  })());
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    process.stdout.write('\nStopping …\n');
    void stopAll().then(() => process.exit(0));
  });
try {
  await start(stops);
} catch (error) {
  // Told to stop while starting: what fails then is no fault, and the one who stops ends us.
  const told = stopping !== undefined;
  await stopAll();
  if (told) process.exit(0);
  const known =
    error instanceof StartFault || (error instanceof Error && error.name === 'ConfigurationFault');
  // A fault we know is one sentence; anything else is a bug of ours and shows where.
  const text =
    error instanceof Error ? (known ? error.message : (error.stack ?? error.message)) : 'failed';
  process.stderr.write(`${text}\n`);
  process.exit(1);
}
