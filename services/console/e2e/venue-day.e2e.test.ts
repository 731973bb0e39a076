import { calendarDate, tokyoInstant } from '@madoguchi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFaults, screenshot, SIZES } from './browser.ts';
import { finish, focusIsOn, press, pushButton, sees, type, wordsOf } from './operator.ts';
import { callerOf } from './product.ts';
import type { Product } from './product.ts';
import { bookFocused, dayIn, findSlots, openWorkplaces, serve, taskOf } from './workplaces.ts';
import type { Workplace } from './workplaces.ts';

/** Where the demo's worker of a venue works. */
const VENUE = '1312300011';

let product: Product;
let operator: Workplace;
let venue: Workplace;
let close: (() => Promise<void>) | undefined;
let numbers: string[];

/** Tomorrow at ten in the morning in Tokyo, whenever the test runs. */
const day = dayIn(1);
const at = tokyoInstant(calendarDate(day), '10:00');

beforeAll(async () => {
  const opened = await openWorkplaces(
    { operator: { role: 'operator' }, venue: { role: 'venue-staff', size: SIZES[1] } },
    { at },
  );
  ({ product, close } = opened);
  ({ operator, venue } = opened.at);
});
afterAll(async () => close?.());

/** The number that was read out. */
const numberRead = async (): Promise<string> =>
  /\d{3}-\d{3}-\d{3}/u.exec(await taskOf(operator.page).innerText())?.[0] ?? '';

describe('two who come together', () => {
  it('are booked side by side for today', async () => {
    const { page } = operator;
    await serve(product, operator, { caller: callerOf(product, 'ordinary', 0) });
    await focusIsOn(page, '会場');
    await findSlots(page, { venueCode: VENUE, day });
    await bookFocused(operator);
    const first = await numberRead();
    await press(page, 'Alt+Digit2', '5');
    await sees(page, 'だれの予約の隣か');
    await pushButton(page, 'もう一人を確認');
    const { name = '', dateOfBirth = '', address = '' } = wordsOf(callerOf(product, 'ordinary', 1));
    for (const said of [name, dateOfBirth, address]) {
      await type(page, said);
      await press(page, 'Tab');
    }
    await press(page, 'Shift+Tab', 'Enter');
    await focusIsOn(page, '復唱へ進む');
    await press(page, 'Enter');
    await focusIsOn(page, '隣の席を確定する');
    await press(page, 'Enter');
    await sees(page, /様は(同じ時刻|\d+分あと)の席です/u);
    numbers = [first, await numberRead()];
    expect(new Set(numbers).size).toBe(2);
    await finish(page, '1');
  });

  it('are found at the entrance by one number, and marked one after the other', async () => {
    const { page } = venue;
    const [first = '', second = ''] = numbers;
    await press(page, 'Alt+KeyV');
    await focusIsOn(page, '予約番号か接種券番号');
    await type(page, first);
    await press(page, 'Tab');
    await type(page, 'きのう');
    await press(page, 'Enter');
    await sees(page, '生年月日を確かめてください');
    await focusIsOn(page, '生年月日');
    await press(page, 'ControlOrMeta+A');
    await type(page, '昭和1年12月31日');
    await press(page, 'Enter');
    await sees(page, '区の窓口に電話して番号を伝えてください');
    // A slip is put right where it was made.
    await focusIsOn(page, '予約番号か接種券番号');
    expect(await page.getByLabel('予約番号か接種券番号').inputValue()).toBe(first);
    await press(page, 'Tab', 'ControlOrMeta+A');
    await type(page, callerOf(product, 'ordinary', 0).dateOfBirth);
    await press(page, 'Enter');
    await sees(page, 'いっしょに来る人');
    await sees(page, second);
    await screenshot(page, 'product-venue-together-1024');
    expect(await axeFaults(page)).toEqual([]);
    await focusIsOn(page, '接種済');
    await press(page, 'Enter');
    await sees(page, `${first} の人といっしょに予約した人です`);
    await focusIsOn(page, '接種済');
    await screenshot(page, 'product-venue-companion-1024');
    expect(await axeFaults(page)).toEqual([]);
    await press(page, '2', 'Enter');
    await sees(page, new RegExp(`${second} を「予診で見合わせ」と記録しました`, 'u'));
    await focusIsOn(page, '予約番号か接種券番号');
    await screenshot(page, 'product-venue-both-marked-1024');
  });
});
