import { readFile, rm, writeFile } from 'node:fs/promises';
import { StartFault } from '@madoguchi/testing';
import type { Home } from './home.ts';
import { storageFault } from './home.ts';

type Claim = { pid: number; startedAt: string };

/** When a process began, so that a number that was given again is not taken for the old one. */
async function startOf(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // The name in brackets may hold blanks; the start time is the 20th field after it.
  return stat
    ?.slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .at(19);
}

/**
 * One runner a folder: a second one would take the servers of the first for leftovers and end them.
 * @returns gives the folder free again
 */
export async function claimHome(home: Home): Promise<() => Promise<void>> {
  const file = home.path('runner.json');
  try {
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text !== undefined) {
      const { pid, startedAt } = JSON.parse(text) as Claim;
      if ((await startOf(pid)) === startedAt)
        throw new StartFault(
          `Madoguchi already runs over ${home.folder} (process ${pid}); stop it or set MADOGUCHI_HOME to another folder.`,
        );
      await rm(file, { force: true });
    }
    const claim: Claim = { pid: process.pid, startedAt: (await startOf(process.pid)) ?? '' };
    await writeFile(file, `${JSON.stringify(claim)}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw storageFault(error, home.folder) ?? error;
  }
  return () => rm(file, { force: true });
}
