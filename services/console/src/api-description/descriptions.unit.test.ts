import { readFileSync } from 'node:fs';
import { EVENTS, OPERATIONS } from '@madoguchi/contracts';
import { refusalsOf } from '@madoguchi/http';
import { describe, expect, it } from 'vitest';
import { asyncApi } from './async-api.ts';
import { API_INFO } from './describe-api.ts';
import { describedRoutes, descriptions } from './descriptions.ts';
import { readablePage } from './readable-page.ts';

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

  it('name the refusals that a route can meet, and no others', () => {
    const codesOf = (path: string): string[] => {
      const route = describedRoutes().find((one) => one.path === path && one.method === 'post');
      return route ? refusalsOf(route) : [];
    };
    const booking = codesOf('/api/v1/reservations');
    expect(booking).toEqual(
      expect.arrayContaining([
        'slot_full',
        'grant_required',
        'forged_request',
        'idempotency_key_reused',
      ]),
    );
    const search = codesOf('/api/v1/slots/search');
    expect(search).toContain('grant_required');
    expect(search).not.toContain('idempotency_key_missing');
    expect(codesOf('/api/v1/venues')).not.toContain('grant_required');
    expect(codesOf('/api/v1/agent/reservations')).not.toContain('forged_request');
  });

  it('are a page that shows each route with its members and sentences, and runs nothing', () => {
    const page = readablePage(describedRoutes(), API_INFO);
    for (const { path } of describedRoutes()) expect(page).toContain(`<code>${path}</code>`);
    expect(page).toContain('<code>movingReservationId</code>');
    expect(page).toContain('この枠は満席です。');
    expect(page).not.toMatch(/<script|style=|on[a-z]+=/u);
  });
});
