import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, SIZES } from './browser.ts';
import type { Desk } from './browser.ts';
import { startFixtureServer } from './fixture-server.ts';
import type { FixtureServer } from './fixture-server.ts';
import { focusIsOn } from './operator.ts';

let server: FixtureServer;
let desk: Desk;
let page: Page;
beforeAll(async () => {
  server = await startFixtureServer();
  desk = await openDesk(SIZES[1]);
  ({ page } = desk);
});
afterAll(async () => {
  await desk?.close();
  await server?.stop();
});

/** A screen with invented data, as it is for somebody who has just come to it. */
async function open(scene: string, screen?: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(server.address(scene, screen));
  await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
}

describe('the worklist', () => {
  it('gives an operator the first that may be called, and no button for who may not yet', async () => {
    await open('idle', 'callbacks');
    await focusIsOn(page, '引き受ける');
    const rows = page.locator('.worklist tbody tr');
    expect(await rows.first().locator('button:focus').count()).toBe(1);
    const early = rows.filter({ hasText: 'まだ掛けられません' });
    expect(await early.count()).toBe(3);
    expect(await early.getByRole('button').count()).toBe(0);
    expect(await early.first().innerText()).toContain('1/1 13:00から');
    expect(await page.locator('.worklist').innerText()).toContain('いま9件・あとで3件');
  });

  it('lets the desk take one before its time, and leads nobody there', async () => {
    await open('supervisor', 'callbacks');
    await focusIsOn(page, '引き受ける');
    const focused = page.locator('button:focus');
    expect(await focused.getAttribute('aria-label')).toMatch(/^引き受ける/u);
    const early = page.getByRole('button', { name: /^時刻前に引き受ける/u });
    expect(await early.count()).toBe(3);
  });
});
