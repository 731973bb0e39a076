import { rm } from 'node:fs/promises';
import { afterAll, inject } from 'vitest';
import { ownFolder } from './own-folder.ts';

/** Vitest set-up of every test file: what it and what it starts write for a while goes with it. */
const nats = inject('natsProgram') as string | undefined;
// Found once a run; below a folder that goes it would be fetched again and again.
if (nats) process.env['NATS_SERVER'] ??= nats;
const outside = process.env['TMPDIR'];
const folder = ownFolder();
process.env['TMPDIR'] = folder;

afterAll(async () => {
  if (outside === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = outside;
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});
