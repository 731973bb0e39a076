import { OPERATIONS } from '@madoguchi/contracts';
import { describe, expect, it } from 'vitest';
import { isNamed, operationName } from './operation-names.ts';

const SOURCES = import.meta.glob<string>(
  ['../../../../*/src/**/*.ts', '!**/generated/**', '!**/*.test.ts', '!**/*.fixture.ts'],
  { query: '?raw', import: 'default', eager: true },
);
const WRITTEN = /operation: '([a-z-]+\.[a-z-]+)'|OPERATION = '([a-z-]+\.[a-z-]+)'/gu;

/** Operations as the services write them into the log, wherever they are declared. */
const written = (): string[] =>
  Object.values(SOURCES)
    .flatMap((text) => [...text.matchAll(WRITTEN)])
    .map(([, one, other]) => one ?? other ?? '');

describe('the names of operations in the log', () => {
  it('are there in Japanese for all that are declared, and for all that are written into it', () => {
    const declared = OPERATIONS.map(({ service, name }) => `${service}.${name}`);
    const found = written();
    expect(found.length).toBeGreaterThan(50);
    expect([...new Set([...declared, ...found])].filter((name) => !isNamed(name))).toEqual([]);
  });

  it('say what was done', () => {
    expect(operationName('reservations.book-slot', 'ja')).toBe('予約の確定');
    expect(operationName('reservations.book-slot', 'en')).toBe('book slot');
    expect(operationName('tomorrow.something', 'ja')).toBe('tomorrow.something');
  });
});
