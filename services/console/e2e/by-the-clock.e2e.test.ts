import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFaults, screenshot } from './browser.ts';
import { finish, focusIsOn, press, pushButton, sees } from './operator.ts';
import { callerOf } from './product.ts';
import type { Product } from './product.ts';
import {
  bookFocused,
  cancelAsWished,
  chooseWay,
  dayIn,
  letTimePass,
  listSlots,
  openWorkplaces,
  serve,
  smallSession,
  taskOf,
  TWO_OPERATORS_AND_CITY,
} from './workplaces.ts';
import type { Workplace, Workplaces } from './workplaces.ts';

const VENUE = '1312300011';
const MINUTE = 60_000;

let opened: Workplaces<keyof typeof TWO_OPERATORS_AND_CITY>;
let product: Product;
let operator: Workplace;
let other: Workplace;
let day: string;
const later = dayIn(66);

beforeAll(async () => {
  opened = await openWorkplaces(TWO_OPERATORS_AND_CITY, { at: new Date() });
  ({ product } = opened);
  ({ operator, other } = opened.at);
  ({ day } = await smallSession(opened.at.city, { venueCode: VENUE, days: 60, seats: 1 }));
});
afterAll(async () => opened?.close());

const callFrom = async (workplace: Workplace, number: number): Promise<void> =>
  serve(product, workplace, { caller: callerOf(product, 'ordinary', number) });

const listFor = async (workplace: Workplace, number: number): Promise<void> =>
  listSlots(product, workplace, {
    caller: callerOf(product, 'ordinary', number),
    venueCode: VENUE,
    day,
  });

const mode = (page: Page) => page.locator('.booking__mode:not([hidden])');

describe('a hold whose time runs out', () => {
  it('says so, and the seat is free for everybody', async () => {
    const { page } = operator;
    await listFor(operator, 0);
    await press(page, 'Enter');
    await focusIsOn(page, '予約を確定する');
    await letTimePass(opened, 4.5 * MINUTE);
    await sees(page, /残り 0:\d\d/u);
    await letTimePass(opened, MINUTE);
    await sees(page, '仮押さえの時間が切れました');
    await focusIsOn(page, 'この枠をもう一度押さえる');
    await screenshot(page, 'product-hold-ran-out-1024');
    expect(await axeFaults(page)).toEqual([]);
    await listFor(other, 1);
    await sees(other.page, '10:00');
    await bookFocused(other);
    await finish(other.page, '1');
  });

  it('leads to the next best when somebody else has the seat by now', async () => {
    const { page } = operator;
    await press(page, 'Enter');
    await sees(page, /午前10時の枠はお取りできなくなりました/u);
    await focusIsOn(page, 'この枠にする');
    await pushButton(page, '別の枠にする');
    await page.locator('tr:focus').waitFor();
    expect(await taskOf(page).getByLabel('会場', { exact: true }).inputValue()).toBe(VENUE);
    expect(await taskOf(page).getByLabel('いつから').inputValue()).toBe(day);
    await screenshot(page, 'product-hold-lost-search-1024');
    await finish(page, '3');
  });
});

describe('an offer of the waiting list whose time runs out', () => {
  const joins = async (number: number): Promise<void> => {
    const { page } = operator;
    await callFrom(operator, number);
    await chooseWay(page, '4');
    await mode(page).getByLabel('場所').selectOption(VENUE);
    await mode(page).getByLabel('いつから').fill(day);
    await mode(page).getByLabel('いつまで').fill(day);
    await mode(page).getByRole('radio', { name: 'ウェブ' }).check();
    await mode(page).getByLabel('いつまで').focus();
    await press(page, 'Enter');
    await sees(page, 'キャンセル待ちに加えました');
  };

  const givesUp = async (number: number): Promise<void> => {
    await callFrom(other, number);
    await cancelAsWished(other);
  };

  it('stands for who joined while a seat was free', async () => {
    const { page } = operator;
    // Of three slots of one seat, one is booked.
    await joins(2);
    await sees(page, /いま空きがございます/u);
    await focusIsOn(page, 'この席を予約する');
    await screenshot(page, 'product-free-at-once-1024');
    expect(await axeFaults(page)).toEqual([]);
    await finish(page, '5');
    await joins(3);
    await focusIsOn(page, 'この席を予約する');
    await press(page, 'Enter');
    await sees(page, '予約を確定しました');
    await finish(page, '1');
    await joins(0);
    await focusIsOn(page, '応対を終える');
    await finish(page, '5');
  });

  it('says so in words, loses nothing that was typed, and goes to the next in line', async () => {
    const { page } = operator;
    await letTimePass(opened, 12 * MINUTE);
    await callFrom(operator, 2);
    await focusIsOn(page, 'この席を予約する');
    await mode(page).getByLabel('いつまで').fill(later);
    await letTimePass(opened, 5 * MINUTE);
    await sees(page, /午前10時10分、.*お返事の期限が過ぎました。席は次の方へ回りました。/u);
    // Another seat comes free meanwhile; it takes no focus from who is typing.
    await givesUp(3);
    await sees(page, /午前10時20分から/u);
    await focusIsOn(page, 'いつまで');
    expect(await mode(page).getByLabel('いつまで').inputValue()).toBe(later);
    await screenshot(page, 'product-offer-ran-out-1024');
    expect(await axeFaults(page)).toEqual([]);
    await finish(page, '5');
    await callFrom(other, 0);
    await focusIsOn(other.page, 'この席を予約する');
    await sees(other.page, /午前10時10分から/u);
    await pushButton(other.page, '見送って取りやめる');
    await sees(other.page, 'キャンセル待ちから外しました');
    await finish(other.page, '5');
  });

  it('leaves the seat free for all when nobody waits any more', async () => {
    const { page } = other;
    await listFor(other, 0);
    await sees(page, '10:10');
    await bookFocused(other);
    await finish(page, '1');
  });
});
