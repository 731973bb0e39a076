import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { AT_WORK } from './embedded-postgres.ts';

const COMPOSE = new URL('../../../docker-compose.yml', import.meta.url);

it('is measured with the settings that the containers run with', async () => {
  const lines = (await readFile(COMPOSE, 'utf8')).split('\n').map((line) => line.trim());
  expect(lines).toEqual(expect.arrayContaining(AT_WORK.map((setting) => `- -c${setting}`)));
});
