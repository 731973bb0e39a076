import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { ownFolder, runInOwnFolder, sweep } from './own-folder.ts';

const node = (code: string, keep?: RegExp) =>
  runInOwnFolder(process.execPath, ['-e', code], keep === undefined ? {} : { keep });
/** One that ended may wait for its parent to take note, without a command. */
const runs = (pid: number): boolean =>
  existsSync(`/proc/${pid}`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
/** A server that nobody stops, in a session of its own. */
const SERVER = `const { spawn } = require('node:child_process');
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
  child.unref();`;

describe('a run in a folder of its own', () => {
  it('leaves nothing where it cleaned up after itself', async () => {
    const before = readdirSync(tmpdir());
    expect(await node(`require('node:fs').readdirSync(process.env.TMPDIR)`)).toEqual({
      status: 0,
      leftBehind: [],
      kept: [],
    });
    expect(await node('process.exit(3)')).toEqual({ status: 3, leftBehind: [], kept: [] });
    expect(readdirSync(tmpdir())).toEqual(before);
  });

  it('is found out where it left a file or a server behind, and both go', async () => {
    const before = readdirSync(tmpdir());
    const { leftBehind } = await node(
      `require('node:fs').writeFileSync(process.env.TMPDIR + '/forgotten.csv', ''); ${SERVER}`,
    );
    expect(leftBehind).toEqual([
      expect.stringMatching(/^process \d+: .*setInterval/u),
      'in the temporary folder: forgotten.csv',
    ]);
    expect(runs(Number(leftBehind[0]?.split(/[ :]/u)[1]))).toBe(false);
    expect(readdirSync(tmpdir())).toEqual(before);
  });

  it('keeps what it means to be kept', async () => {
    const { leftBehind, kept } = await node(
      `require('node:fs').writeFileSync(process.env.TMPDIR + '/run.ndjson', '{}')`,
      /\.ndjson$/u,
    );
    expect(leftBehind).toEqual([]);
    expect(kept).toEqual([join(tmpdir(), 'run.ndjson')]);
    expect(existsSync(kept[0] ?? '')).toBe(true);
  });

  it('is ended with everything in it by a signal to who runs it', async () => {
    const own = new URL('own-folder.ts', import.meta.url).href;
    const runner = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { runInOwnFolder } from ${JSON.stringify(own)};
         await runInOwnFolder(process.execPath, ['-e', ${JSON.stringify(`${SERVER}; console.log('up', child.pid); setInterval(() => {}, 1000)`)}]);`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const pid = await new Promise<number>((resolve) => {
      runner.stdout.on('data', (text: Buffer) => resolve(Number(String(text).split(' ')[1])));
    });
    const ended = new Promise((resolve) => runner.once('close', resolve));
    runner.kill('SIGTERM');
    await ended;
    expect(runs(pid)).toBe(false);
  });
});

it('a folder without anything in it is swept without a word', async () => {
  const folder = ownFolder();
  expect(await sweep(folder)).toEqual([]);
  expect(existsSync(folder)).toBe(false);
  mkdirSync(folder);
  writeFileSync(join(folder, 'x'), '');
  expect(await sweep(folder)).toEqual(['in the temporary folder: x']);
});
