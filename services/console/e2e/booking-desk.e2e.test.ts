import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFaults, screenshot } from './browser.ts';
import { finish, focusIsOn, press, pushButton, sees, type, wordsOf } from './operator.ts';
import { callerOf } from './product.ts';
import type { Product } from './product.ts';
import {
  bookFocused,
  chooseWay,
  findSlots,
  focusOnRow,
  listSlots,
  moveToFocused,
  openWorkplaces,
  serve,
  smallSession,
  taskOf,
  TWO_OPERATORS_AND_CITY,
} from './workplaces.ts';
import type { Workplace } from './workplaces.ts';

const VENUE = '1312300029';

let product: Product;
let operator: Workplace;
let faster: Workplace;
let close: (() => Promise<void>) | undefined;
let day: string;

beforeAll(async () => {
  const opened = await openWorkplaces(TWO_OPERATORS_AND_CITY);
  ({ product, close } = opened);
  ({ operator, other: faster } = opened.at);
  ({ day } = await smallSession(opened.at.city, { venueCode: VENUE, days: 60, seats: 1 }));
});
afterAll(async () => close?.());

/** Verified for a booking, with the slots of the small session listed. */
const listFor = async (workplace: Workplace, number: number): Promise<void> =>
  listSlots(product, workplace, {
    caller: callerOf(product, 'ordinary', number),
    venueCode: VENUE,
    day,
  });

describe('a slot that somebody else gets first', () => {
  it('is said clearly, and the next best is held with one key', async () => {
    const { page } = operator;
    await Promise.all([listFor(operator, 0), listFor(faster, 1)]);
    await bookFocused(faster);
    await press(page, 'Enter');
    await sees(page, 'この枠は取れませんでした');
    await sees(page, /午前10時の枠はお取りできなくなりました。近いところでは.*午前10時10分/u);
    await focusIsOn(page, 'この枠にする');
    await screenshot(page, 'product-slot-lost-1024');
    expect(await axeFaults(page)).toEqual([]);
    await press(page, 'Enter');
    await focusIsOn(page, '予約を確定する');
    await press(page, 'Enter');
    await sees(page, '予約を確定しました');
    await sees(page, /10:10–10:20/u);
  });

  it('while a change is read back leads to the next best as well', async () => {
    const { page } = operator;
    await press(page, 'Alt+Digit3');
    await pushButton(page, '日時・会場を変更');
    await page.locator('.move :focus').waitFor();
    await findSlots(page, { venueCode: VENUE, day });
    // Of the three slots the one at 10:20 is left.
    await press(page, 'Enter');
    await focusIsOn(page, '予約を変更する');
    await moveFaster();
    await press(page, 'Enter');
    await sees(page, /午前10時20分の枠はお取りできなくなりました。近いところでは.*午前10時、/u);
    await press(page, 'Enter');
    await focusIsOn(page, '予約を変更する');
    await sees(page, /10:00–10:10/u);
    await press(page, 'Enter');
    await sees(page, '予約を変更しました');
    // Once the bookings beside say so too, what was booked before is not there to be read out.
    await sees(page, /10:00 1回目/u);
    await press(page, 'Alt+Digit2');
    await focusIsOn(page, '会場');
    expect(await taskOf(page).getByText('予約を確定しました').count()).toBe(0);
    await finish(page, '2');
    await finish(faster.page, '2');
  });

  /** The other operator moves their caller to 10:20 in the same moment. */
  async function moveFaster(): Promise<void> {
    const { page } = faster;
    await press(page, 'Alt+Digit3');
    await pushButton(page, '日時・会場を変更');
    await page.locator('.move :focus').waitFor();
    await findSlots(page, { venueCode: VENUE, day });
    await moveToFocused(faster);
  }
});

describe('a dose that another one hangs on', () => {
  it('is cancelled with the dose after it, once that was said', async () => {
    const { page } = operator;
    await serve(product, operator, { caller: callerOf(product, 'ordinary', 2) });
    await chooseWay(page, '2');
    await taskOf(page).getByLabel('会場', { exact: true }).last().focus();
    await press(page, 'Enter');
    await focusOnRow(page);
    await press(page, 'Enter');
    await page.locator('.read-back input:focus').waitFor();
    await press(page, 'Enter');
    await sees(page, '2回分の予約を確定しました');
    await press(page, 'Alt+Digit3');
    await focusIsOn(page, '回目');
    await taskOf(page).getByRole('radio', { name: /1回目/u }).focus();
    await press(page, 'Space');
    await pushButton(page, '取り消す');
    await focusIsOn(page, '本人の都合');
    await press(page, '2', 'Enter');
    await sees(page, '次の回も予約されています');
    await sees(page, '次の回もあわせて取り消す');
    await screenshot(page, 'product-cancel-both-1024');
    expect(await axeFaults(page)).toEqual([]);
    await press(page, 'Enter');
    await sees(page, '予約を取り消しました');
    await finish(page, '3');
  });
});

describe('a companion', () => {
  it('gets the seat beside the booking of the caller', async () => {
    const { page } = operator;
    const [caller, companion] = [
      callerOf(product, 'ordinary', 3),
      callerOf(product, 'ordinary', 2),
    ];
    await serve(product, operator, { caller });
    await focusIsOn(page, '会場');
    await press(page, 'Enter');
    await focusOnRow(page);
    await bookFocused(operator);
    await press(page, 'Alt+Digit2', '5');
    await sees(page, 'だれの予約の隣か');
    await pushButton(page, 'もう一人を確認');
    const { name = '', dateOfBirth = '', address = '' } = wordsOf(companion);
    for (const said of [name, dateOfBirth, address]) {
      await type(page, said);
      await press(page, 'Tab');
    }
    await press(page, 'Shift+Tab', 'Enter');
    await focusIsOn(page, '復唱へ進む');
    await sees(page, companion.name);
    await screenshot(page, 'product-companion-1024');
    expect(await axeFaults(page)).toEqual([]);
    await press(page, 'Enter');
    await focusIsOn(page, '隣の席を確定する');
    await press(page, 'Enter');
    await sees(page, '予約を確定しました');
    await sees(page, /様は(同じ時刻|\d+分あと)の席です/u);
    await screenshot(page, 'product-companion-booked-1024');
    expect(await axeFaults(page)).toEqual([]);
    await finish(page, '1');
  });

  it('or beside one whose number and birth date are said, and not where they do not fit', async () => {
    const { page } = operator;
    const number = await numberOf(faster, 1);
    await serve(product, operator, { caller: callerOf(product, 'ordinary', 2) });
    await press(page, 'Alt+Digit3');
    await focusIsOn(page, '1回目');
    await pushButton(page, '取り消す');
    await focusIsOn(page, '本人の都合');
    await press(page, 'Enter');
    await sees(page, '予約を取り消しました');
    await press(page, 'Alt+Digit2');
    // Of what is cancelled in the same call, the same dose is next again.
    const dose = taskOf(page).getByLabel('回', { exact: true }).first();
    await expect.poll(async () => dose.inputValue()).toBe('1');
    await chooseWay(page, '5');
    const { dateOfBirth: theirs = '' } = wordsOf(callerOf(product, 'ordinary', 1));
    const { dateOfBirth: own = '' } = wordsOf(callerOf(product, 'ordinary', 2));
    await taskOf(page).getByLabel('相手の予約番号').focus();
    await type(page, number);
    await press(page, 'Enter');
    await sees(page, '相手の生年月日を入力してください');
    await focusIsOn(page, '相手の生年月日');
    expect(await axeFaults(page)).toEqual([]);
    await saySeat(number, own);
    await sees(page, '予約が見つかりません');
    await press(page, 'Escape');
    await focusIsOn(page, '復唱へ進む');
    await saySeat('000000000', theirs);
    await sees(page, /予約番号が正しくありません|予約が見つかりません/u);
    await press(page, 'Escape');
    await focusIsOn(page, '復唱へ進む');
    await saySeat(number, theirs);
    await sees(page, /様は10分前の席です/u);
    await finish(page, '1');
  });

  async function saySeat(number: string, dateOfBirth: string): Promise<void> {
    const { page } = operator;
    await taskOf(page).getByLabel('相手の予約番号').focus();
    for (const said of [number, dateOfBirth]) {
      await press(page, 'ControlOrMeta+A');
      await type(page, said);
      await press(page, 'Tab');
    }
    await press(page, 'Shift+Tab', 'Enter');
    await focusIsOn(page, '隣の席を確定する');
    await press(page, 'Enter');
  }

  /** The booking number that a caller reads from their own letter. */
  async function numberOf(workplace: Workplace, caller: number): Promise<string> {
    await serve(product, workplace, { caller: callerOf(product, 'ordinary', caller) });
    const shown = await workplace.page.locator('body').innerText();
    await finish(workplace.page, '5');
    const [number] = /\d{3}-\d{3}-\d{3}/u.exec(shown) ?? [];
    if (number === undefined) throw new Error('no booking number is shown');
    return number;
  }
});
