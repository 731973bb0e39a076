import { defineConfig } from 'vitest/config';

const setup = './packages/testing/src/servers-setup.ts';

/** Three projects by suffix: rules, real servers, a real browser. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{packages,services}/*/{src,web}/**/*.unit.test.{ts,tsx}',
            'deploy/**/*.unit.test.ts',
          ],
        },
      },
      {
        test: {
          name: 'int',
          include: ['{packages,services}/*/src/**/*.int.test.ts', 'deploy/**/*.int.test.ts'],
          globalSetup: [setup],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['services/*/e2e/**/*.e2e.test.ts', 'deploy/**/*.e2e.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
