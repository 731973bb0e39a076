import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartFault } from '@madoguchi/testing';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** What the pages are built from. */
const SOURCES = ['services/console/web/src', 'packages/contracts/src', 'packages/kernel/src'];

/** Does nothing under these folders bear a later time than the built page? */
function isCurrent(page: string): boolean {
  if (!existsSync(page)) return false;
  const builtAt = statSync(page).mtimeMs;
  return SOURCES.every((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).every(
      (entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs <= builtAt,
    ),
  );
}

/** Builds the pages where they are not built yet, or from what is older than their sources. */
export function preparePages(): void {
  if (isCurrent(`${root}services/console/web/dist/index.html`)) return;
  process.stdout.write('Building the pages …\n');
  const built = spawnSync(
    process.execPath,
    [`${root}node_modules/vite/bin/vite.js`, 'build', 'web', '--logLevel', 'error'],
    {
      cwd: `${root}services/console`,
      encoding: 'utf8',
    },
  );
  if (built.status !== 0)
    throw new StartFault(`The pages could not be built: ${built.stderr.trim().split('\n').at(-1)}`);
}
