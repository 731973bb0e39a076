import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNatsServer, runInOwnFolder } from '@madoguchi/testing';
import { preparePages } from '../start/prepare.ts';

/**
 * `npm test`: finds or installs what the tests need (browser, fonts, PDF tools, NATS server), builds the
 * pages, runs every test, and ends with the line `N passed, N failed`. What the tests leave behind, files or
 * servers, counts as failed; a signal ends all of it.
 */
const root = fileURLToPath(new URL('../../../../', import.meta.url));

const NEEDED = [
  ['/usr/bin/chromium', 'chromium'],
  ['/usr/bin/pdftotext', 'poppler-utils'],
  ['/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc', 'fonts-noto-cjk'],
  ['/usr/share/fonts/opentype/ipaexfont-gothic/ipaexg.ttf', 'fonts-ipaexfont-gothic'],
  ['/usr/share/fonts/opentype/ipaexfont-mincho/ipaexm.ttf', 'fonts-ipaexfont-mincho'],
  ['/usr/share/fonts/truetype/ipamj/ipamjm.ttf', 'fonts-ipamj-mincho'],
  ['/usr/share/fonts/opentype/ocr-b/OCRB.otf', 'fonts-ocr-b'],
] as const;

function run(command: string, given: readonly string[]): number {
  return (
    spawnSync(command, given, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status ?? 1
  );
}

function installPackages(): void {
  const missing = NEEDED.filter(([file]) => !existsSync(file)).map(([, name]) => name);
  if (missing.length === 0) return;
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const apt = [...asRoot, 'apt-get'];
  const [command = 'apt-get', ...rest] = apt;
  const done =
    run(command, [...rest, 'update', '-qq']) === 0 &&
    run(command, [...rest, 'install', '-y', '-qq', '--no-install-recommends', ...missing]) === 0;
  if (!done) {
    process.stderr.write(
      `The tests need these Debian packages, and they could not be installed: ${missing.join(' ')}\n`,
    );
    process.exit(1);
  }
}

type Report = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  success: boolean;
};

installPackages();
preparePages();
const nats = await findNatsServer(join(root, '.madoguchi', 'nats-server'));
const folder = mkdtempSync(join(tmpdir(), 'madoguchi-report-'));
const file = join(folder, 'report.json');
const { status, leftBehind } = await runInOwnFolder(
  process.execPath,
  [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${file}`,
    ...process.argv.slice(2),
  ],
  { cwd: root, environment: { NATS_SERVER: nats } },
);
const report = existsSync(file)
  ? (JSON.parse(readFileSync(file, 'utf8')) as Report)
  : { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, success: false };
rmSync(folder, { recursive: true, force: true });
// A suite that fails before its tests has none to count; a skipped test is one that did not run.
const broken = report.numFailedTests === 0 && (status !== 0 || !report.success) ? 1 : 0;
const failed = report.numFailedTests + report.numPendingTests + broken + leftBehind.length;
// Files and servers that outlive the tests are theirs to remove.
for (const one of leftBehind) process.stdout.write(`left behind: ${one}\n`);
process.stdout.write(`${report.numPassedTests} passed, ${failed} failed\n`);
process.exit(failed === 0 && report.numPassedTests > 0 ? 0 : 1);
