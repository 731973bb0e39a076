import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findViolations } from './architecture-rules.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

const tree = () =>
  execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'services', 'packages', 'deploy'], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => ({ path, text: readFileSync(`${root}${path}`, 'utf8') }));

describe('the tree', () => {
  it('keeps every rule of the architecture', () => {
    const files = tree();
    expect(files.length).toBeGreaterThan(50);
    expect(findViolations(files.filter((file) => !file.path.includes('architecture')))).toEqual([]);
  });
});

describe('the rules themselves', () => {
  it.each([
    ['services/calls/src/open-case/open-case.ts', "import { x } from '@madoguchi/registry/a';"],
    [
      'services/calls/src/open-case/open-case.ts',
      "import { x } from '../close-case/close-case.ts';",
    ],
    ['services/calls/src/store/case-store.ts', "import { x } from '../close-case/close-case.ts';"],
    ['services/calls/src/domain/call.ts', "import { x } from '@madoguchi/database';"],
    ['services/calls/src/domain/call.ts', "import { Pool } from 'pg';"],
    ['services/console/web/src/desk.tsx', "import { x } from '@madoguchi/policy';"],
    ['services/calls/src/service.ts', "import { x } from '@madoguchi/testing';"],
    ['packages/policy/src/x.ts', "import type { X } from '@madoguchi/staff/x';"],
    ['packages/testing/src/check-run/x.ts', "import { CHANNELS } from '@madoguchi/contracts';"],
    [
      'services/reservations/src/hold-slot/hold-slot.ts',
      'await tx.query(`UPDATE slot SET held = 1`);',
    ],
    ['services/calls/src/close-case/x.ts', "await query('DELETE FROM case_record');"],
    ['services/staff/src/workers/x.ts', 'await prisma.worker.findMany({});'],
    ['services/registry/src/forget-failures/x.ts', 'await database.pool.query(sql);'],
    ['services/audit/src/verify-log/x.ts', "await client.query('LOCK TABLE log_entry');"],
    ['services/calls/src/open-case/x.ts', 'const day = now.toISOString().slice(0, 10);'],
    ['services/console/e2e/x.e2e.test.ts', 'new Date().toISOString().slice(0, 10)'],
    ['services/calls/src/store/x.ts', 'query(`SELECT 1 FROM call WHERE day < CURRENT_DATE`)'],
    ['services/calls/src/utils/x.ts', ''],
    ['services/calls/src/open-case/parts/x.ts', ''],
  ])('find the violation planted in %s', (path, text) => {
    expect(findViolations([{ path, text }])).toHaveLength(1);
  });

  it.each([
    ['services/calls/src/service.ts', "import { x } from './close-case/handler.ts';"],
    ['services/calls/src/open-case/open-case.ts', "import { x } from '../store/case-store.ts';"],
    ['services/calls/src/domain/call.ts', "import { ok } from '@madoguchi/kernel';"],
    [
      'services/calls/src/open-case/open-case.int.test.ts',
      "import { x } from '@madoguchi/testing';",
    ],
    ['services/console/e2e/product.ts', "import { x } from '@madoguchi/testing';"],
    ['services/reservations/src/store/slot-store.ts', 'query(`SELECT 1 FROM slot`)'],
    [
      'services/reservations/src/hold-slot/hold-slot.int.test.ts',
      "await world.sql('SELECT 1 FROM slot')",
    ],
    ['services/calls/src/open-case/x.ts', 'const at = now.toISOString();'],
    ['deploy/local/src/runner/start.ts', "import { x } from '@madoguchi/calls/service';"],
  ])('leave %s alone', (path, text) => {
    expect(findViolations([{ path, text }])).toEqual([]);
  });
});
