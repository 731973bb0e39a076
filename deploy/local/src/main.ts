import { SERVICES } from '@madoguchi/contracts';
import { portAnswers, StartFault } from '@madoguchi/testing';
import { openHome, storageFault } from './start/home.ts';
import { preparePages } from './start/prepare.ts';
import { runInOneProcess, runInProcesses } from './start/run-services.ts';
import { seedCity, welcome } from './start/seed-city.ts';
import { makeDatabases, startServers } from './start/servers.ts';
import { watchServers } from './start/watch-servers.ts';

/** `npm start`: everything on one machine. */
async function start(): Promise<() => Promise<void>> {
  const environment = process.env;
  const port = Number(environment['PORT'] ?? 8080);
  const residents = Number(environment['RESIDENTS'] ?? 10_000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new StartFault('PORT must be a number from 1 to 65535.');
  if (!Number.isInteger(residents) || residents < 100)
    throw new StartFault('RESIDENTS must be a whole number of at least 100.');
  if (await portAnswers(port))
    throw new StartFault(`Port ${port} is in use; stop what uses it or set PORT to another one.`);
  preparePages();
  const home = await openHome(environment);
  const servers = await startServers(home, environment);
  const watched = watchServers(servers);
  try {
    await makeDatabases(
      home,
      servers.postgresAdminUrl,
      SERVICES.filter((name) => name !== 'console'),
    );
    const options = { home, servers, port, logLevel: environment['LOG_LEVEL'] ?? 'warn' };
    let running = await runInOneProcess(options);
    const url = `http://localhost:${port}`;
    const city = { home, running, residents, postgresAdminUrl: servers.postgresAdminUrl, url };
    await seedCity(city);
    if (process.argv.includes('--processes')) {
      await running.stop();
      running = await runInProcesses(options);
    }
    await welcome(city);
    return async () => {
      await running.stop();
      await watched.stop();
    };
  } catch (error) {
    await watched.stop();
    throw storageFault(error, home.folder) ?? error;
  }
}

const stopping = { begun: false };
try {
  const stop = await start();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (stopping.begun) return;
      stopping.begun = true;
      process.stdout.write('\nStopping …\n');
      void stop().then(() => process.exit(0));
    });
} catch (error) {
  const known =
    error instanceof StartFault || (error instanceof Error && error.name === 'ConfigurationFault');
  // A fault we know is one sentence; anything else is a bug of ours and shows where.
  const text =
    error instanceof Error ? (known ? error.message : (error.stack ?? error.message)) : 'failed';
  process.stderr.write(`${text}\n`);
  process.exit(1);
}
