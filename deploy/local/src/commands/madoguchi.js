#!/usr/bin/env node
// Plain JavaScript, since the machine's own Node may be too old for TypeScript; the work is done by the
// Node 24 that npm brought.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const node = fileURLToPath(new URL('../../../../node_modules/.bin/node', import.meta.url));
const command = fileURLToPath(new URL('./command-line.ts', import.meta.url));
// Imports stream; without it V8 lets garbage of several hundred megabytes pile up.
const SMALL_YOUNG_HEAP = '--max-semi-space-size=8';
const { status, error } = spawnSync(node, [SMALL_YOUNG_HEAP, command, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
if (error) process.stderr.write('Node 24 is missing; run npm ci first.\n');
process.exit(status ?? 2);
