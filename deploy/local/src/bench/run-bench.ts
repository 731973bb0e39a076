import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '@madoguchi/testing';
import { pop } from './pop.ts';

/** `npm run bench -- NAME [--json]`: starts an installation of its own, measures, prints, takes it down. */
const [name] = process.argv.slice(2).filter((one) => !one.startsWith('--'));
if (name !== 'pop') {
  process.stderr.write('usage: npm run bench -- pop [--json]\n');
  process.exit(2);
}

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
  const result = await pop();
  if (!process.argv.includes('--json'))
    for (const [key, value] of Object.entries(result))
      process.stdout.write(`${key.padEnd(16)} ${value}\n`);
  else process.stdout.write(`${JSON.stringify(result)}\n`);
} finally {
  const ended = new Promise((resolve) => installation.once('exit', resolve));
  installation.kill('SIGTERM');
  await ended;
  await rm(folder, { recursive: true, force: true });
}
