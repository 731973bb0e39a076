import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '@madoguchi/testing';

/** Starts an installation of its own, runs the work against it (MADOGUCHI_HOME says where), and takes it down. */
export async function withInstallation<T>(work: () => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-bench-'));
  process.env['MADOGUCHI_HOME'] = folder;
  const installation = spawn(
    process.execPath,
    [fileURLToPath(new URL('../main.ts', import.meta.url))],
    {
      env: {
        ...process.env,
        PORT: String(await freePort()),
        RESIDENTS: process.env['RESIDENTS'] ?? '10000',
        LOG_LEVEL: 'error',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  try {
    await new Promise<void>((resolve, reject) => {
      installation.stdout.on(
        'data',
        (text: Buffer) => text.includes('Madoguchi is ready') && resolve(),
      );
      installation.once('exit', () => reject(new Error('the installation did not start')));
    });
    return await work();
  } finally {
    const ended = new Promise((resolve) => installation.once('exit', resolve));
    installation.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  }
}
