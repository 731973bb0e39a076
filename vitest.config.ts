import { defineConfig } from 'vitest/config';

const setup = './packages/testing/src/servers-setup.ts';
const setupFiles = ['./packages/testing/src/own-folder-setup.ts'];

/** Three projects by suffix: rules, real servers, a real browser. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          setupFiles,
          include: [
            'packages/*/src/**/*.unit.test.ts',
            'services/*/src/**/*.unit.test.ts',
            'services/*/web/src/**/*.unit.test.ts',
            'deploy/*/src/**/*.unit.test.ts',
          ],
          // Properties take seconds where the machine does much beside.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'int',
          setupFiles,
          include: [
            'packages/*/src/**/*.int.test.ts',
            'services/*/src/**/*.int.test.ts',
            'deploy/*/src/**/*.int.test.ts',
          ],
          globalSetup: [setup],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'e2e',
          setupFiles,
          include: ['services/*/e2e/**/*.e2e.test.ts', 'deploy/*/src/**/*.e2e.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
