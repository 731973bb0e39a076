import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SIZES } from './browser.ts';
import type { Desk } from './browser.ts';
import { openFixtureDesk, startFixtureServer } from './fixture-server.ts';
import type { FixtureServer } from './fixture-server.ts';
import { focusIsOn, press } from './operator.ts';
import { chooseWay } from './workplaces.ts';

let server: FixtureServer;
let desk: Desk;
let page: Page;
beforeAll(async () => {
  server = await startFixtureServer();
  desk = await openFixtureDesk(SIZES[1]);
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

describe('a way of booking chosen by its digit', () => {
  const WAYS = [
    { digit: '1', scene: 'verified', focus: '会場' },
    { digit: '2', scene: 'verified', focus: '会場' },
    { digit: '3', scene: 'verified', focus: 'もう一人を確認' },
    { digit: '3', scene: 'family', focus: '全員の枠を探す' },
    { digit: '4', scene: 'verified', focus: '場所' },
    { digit: '5', scene: 'verified', focus: 'もう一人を確認' },
    { digit: '5', scene: 'family', focus: '復唱へ進む' },
  ];

  it.each(WAYS)('$digit ($scene) leads to $focus', async ({ digit, scene, focus }) => {
    await open(scene);
    await chooseWay(page, digit === '1' ? '2' : '1');
    await chooseWay(page, digit);
    await focusIsOn(page, focus);
  });

  it('leads back to the step that was begun there', async () => {
    await open('verified');
    await focusIsOn(page, '会場');
    await press(page, 'Enter');
    await page.locator('tr:focus').waitFor();
    await press(page, 'Enter');
    await focusIsOn(page, '予約を確定する');
    await page.getByRole('radio', { name: '1回分' }).focus();
    await press(page, '4');
    await focusIsOn(page, '場所');
    await page.getByRole('radio', { name: 'キャンセル待ち' }).focus();
    await press(page, '1');
    await focusIsOn(page, '予約を確定する');
  });

  it('stays where it is when the ways are looked through with the arrows', async () => {
    await open('verified');
    await focusIsOn(page, '会場');
    await press(page, 'Shift+Tab', 'Shift+Tab', 'ArrowRight');
    await focusIsOn(page, '2回分');
  });
});

describe('the doses of people who come together', () => {
  it.each(['3', '5'])('are those on offer and the one next for them (%s)', async (digit) => {
    await open('family');
    await chooseWay(page, digit);
    await page.getByLabel('髙橋 葛󠄀子 の回').first().waitFor();
    const field = page.getByLabel('髙橋 葛󠄀子 の回').first();
    expect(await field.locator('option').allInnerTexts()).toEqual(['1回目', '2回目', '8回目']);
    expect(await field.inputValue()).toBe('8');
  });
});

describe('the supervisor desk', () => {
  it('leads to the first case that waits', async () => {
    await open('supervisor', 'supervisor-desk');
    await focusIsOn(page, '引き受ける');
  });
});

describe('the audit log', () => {
  it('is searched with Enter from a list, and leads to its first entry, in words', async () => {
    await open('supervisor', 'audit-log');
    await focusIsOn(page, '操作した人');
    await press(page, 'Enter');
    await page.locator('.audit__entries tr:focus').waitFor();
    expect(await page.locator('.audit__entries tbody').innerText()).toContain('予約の確定');
    const detail = await page.locator('.panel.audit__detail').innerText();
    expect(detail).toContain('2026/11/24');
    expect(detail).not.toContain('T0');
  });
});
