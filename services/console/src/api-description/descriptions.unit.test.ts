import { readFileSync } from 'node:fs';
import { EVENTS, OPERATIONS } from '@madoguchi/contracts';
import { describe, expect, it } from 'vitest';
import { asyncApi } from './async-api.ts';
import { describedRoutes, descriptions } from './descriptions.ts';

describe('the descriptions', () => {
  it.each(Object.entries(descriptions()))('docs/%s is what the catalog says', (name, text) => {
    const file = new URL(`../../../../docs/${name}`, import.meta.url);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('have every subject of the catalog', () => {
    const addresses = Object.values(asyncApi().channels).map((channel) => channel.address);
    expect(addresses).toEqual([...OPERATIONS, ...EVENTS].map((entry) => entry.subject));
  });

  it('have no route twice, and none with personal data in its path', () => {
    const routes = describedRoutes().map((route) => `${route.method} ${route.path}`);
    expect(new Set(routes).size).toBe(routes.length);
    for (const { path } of describedRoutes())
      expect([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])).toEqual(
        path.includes('/cti/') ? ['token'] : [],
      );
  });
});
