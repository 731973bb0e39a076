import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { StartFault } from '@madoguchi/testing';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** Builds the pages where they are not built yet. */
export function preparePages(): void {
  if (existsSync(`${root}services/console/web/dist/index.html`)) return;
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
