import { addDays } from '@madoguchi/kernel';
import type { CalendarDate } from '@madoguchi/kernel';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFaults, screenshot } from './browser.ts';
import { finish, focusIsOn, press, pushButton, sees } from './operator.ts';
import { callerOf } from './product.ts';
import type { Product } from './product.ts';
import {
  ask,
  bookFocused,
  cancelAsWished,
  chooseWay,
  listSlots,
  openWorkplaces,
  serve,
  smallSession,
  taskOf,
  TWO_OPERATORS_AND_CITY,
} from './workplaces.ts';
import type { Workplace } from './workplaces.ts';

const VENUE = '1312300037';

let product: Product;
let operator: Workplace;
let city: Workplace;
let other: Workplace;
let close: (() => Promise<void>) | undefined;
let day: string;
let ticketNumber: string;

beforeAll(async () => {
  const opened = await openWorkplaces(TWO_OPERATORS_AND_CITY);
  ({ product, close } = opened);
  ({ operator, other, city } = opened.at);
  ({ day } = await smallSession(opened.at.city, { venueCode: VENUE, days: 60, seats: 1 }));
  // Everybody but the one who waits has a seat of it: two of the three slots are free no more.
  for (const number of [0, 1, 2]) await takeSeat(number);
});
afterAll(async () => close?.());

async function takeSeat(number: number): Promise<void> {
  await listSlots(product, other, {
    caller: callerOf(product, 'ordinary', number),
    venueCode: VENUE,
    day,
  });
  await bookFocused(other);
  await finish(other.page, '1');
}

async function giveSeatUp(number: number): Promise<void> {
  await serve(product, other, { caller: callerOf(product, 'ordinary', number) });
  await cancelAsWished(other);
  // The seat goes down the list a moment later; whoever it is kept for is to be called.
  const list = async () =>
    ask<{ items: unknown[] }>(other, '/work-items/list', { kinds: ['waitlist-offer'] });
  await expect.poll(async () => (await list()).items.length, { timeout: 15_000 }).toBe(1);
}

/** Who waits calls; the offer that is kept for them stands first and has the focus. */
async function callsBack({ page, person }: Workplace): Promise<void> {
  await serve(product, { page, person }, { caller: callerOf(product, 'ordinary', 3) });
  await focusIsOn(page, 'この席を予約する');
  await sees(page, `整理番号 ${ticketNumber}`);
}

const waitingMode = (page: Page) => page.locator('.booking__mode:not([hidden])');

describe('the waiting list', () => {
  it('gives a number to be read out to who joins it', async () => {
    const { page } = operator;
    await serve(product, operator, { caller: callerOf(product, 'ordinary', 3) });
    await chooseWay(page, '4');
    await sees(page, 'この人のキャンセル待ちはありません');
    await waitingMode(page).getByLabel('場所').selectOption(VENUE);
    await waitingMode(page).getByLabel('いつから').fill(day);
    await waitingMode(page).getByLabel('いつまで').fill('2026-01-01');
    await sees(page, '「いつから」以降の日にしてください');
    await waitingMode(page).getByLabel('いつまで').fill(day);
    await waitingMode(page).getByLabel('いつまで').focus();
    await press(page, 'Enter');
    await sees(page, /整理番号は \d{3}-\d{4} です/u);
    ticketNumber = /\d{3}-\d{4}/u.exec(await taskOf(page).innerText())?.[0] ?? '';
    await focusIsOn(page, '応対を終える');
    await screenshot(page, 'product-joined-1024');
    expect(await axeFaults(page)).toEqual([]);
    await finish(page, '5');
  });

  it('shows the city who waits, in numbers, and from there who is in line for a venue', async () => {
    const { page } = city;
    await press(page, 'Alt+KeyX');
    await sees(page, /待ち 1人・案内中 0人/u);
    const row = page.getByRole('grid').locator('tbody tr');
    await expect.poll(async () => row.count()).toBe(1);
    await row.focus();
    await press(page, 'Enter');
    await sees(page, /この会場の席を待つ人です/u);
    expect(await page.getByLabel('会場').inputValue()).toBe(VENUE);
    // Nobody is named, and no number that belongs to somebody is there.
    expect(await page.locator('main').innerText()).not.toContain(ticketNumber);
    await screenshot(page, 'product-waiting-overview-1024');
    expect(await axeFaults(page)).toEqual([]);
    await page.getByLabel('いつから').fill(addDays(day as CalendarDate, 1));
    await sees(page, '待っている人はいません');
  });

  it('offers a freed seat to who waits, at once when they call back', async () => {
    const { page } = operator;
    await giveSeatUp(0);
    await callsBack(operator);
    await sees(page, '席を確保中');
    await sees(page, /に空きが出ました。お取りしますか。/u);
    await screenshot(page, 'product-offer-1024');
    expect(await axeFaults(page)).toEqual([]);
  });

  it('says clearly that an offer is over, and goes on waiting', async () => {
    const { page } = operator;
    // Somebody of the family calls at another desk and gives the seat up meanwhile.
    await callsBack(other);
    await pushButton(other.page, '見送って待ち続ける');
    await sees(other.page, '案内した席を見送りました');
    await finish(other.page, '5');
    await press(page, 'Enter');
    await sees(page, 'ご案内した枠の返事の期限が過ぎたか、取り消されました');
    await sees(page, /ご案内した席はお取りできなくなりました/u);
    await screenshot(page, 'product-offer-gone-1024');
    expect(await axeFaults(page)).toEqual([]);
    await pushButton(page, 'キャンセル待ちを見る');
    await sees(page, '待っている');
    await finish(page, '5');
  });

  it('books the next one with one key', async () => {
    const { page } = operator;
    await giveSeatUp(1);
    await callsBack(operator);
    await press(page, 'Enter');
    await sees(page, '予約を確定しました');
    await sees(page, /10:10–10:20/u);
    await finish(page, '1');
  });
});
