import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFaults, screenshot } from './browser.ts';
import {
  finish,
  focusIsOn,
  press,
  pushButton,
  sees,
  stepUp,
  type,
  verify,
  wordsOf,
} from './operator.ts';
import { callerOf } from './product.ts';
import type { Caller, Product } from './product.ts';
import {
  approve,
  ask,
  bookFocused,
  closeAtOnce,
  listSlots,
  moveToFocused,
  openWorkplaces,
  OPERATOR_DESK_AND_CITY,
  smallSession,
  taskOf,
} from './workplaces.ts';
import type { Workplace } from './workplaces.ts';

const VENUE = '1312300011';
const REASON = '本人から相談があったため確認する';

let product: Product;
let operator: Workplace;
let supervisor: Workplace;
let city: Workplace;
let callee: Caller;
let close: (() => Promise<void>) | undefined;

beforeAll(async () => {
  const opened = await openWorkplaces(OPERATOR_DESK_AND_CITY);
  ({ product, close } = opened);
  ({ operator, supervisor, city } = opened.at);
  callee = callerOf(product, 'ordinary');
});
afterAll(async () => close?.());

/** What somebody says before they are told anything. */
const nameAndBirth = (caller: Caller) => {
  const { name = '', dateOfBirth = '' } = wordsOf(caller);
  return { name, dateOfBirth };
};

/** Takes the first item before its time, which the desk may. */
async function takeEarly(page: Page): Promise<void> {
  await press(page, 'Alt+KeyW');
  await sees(page, 'から');
  await pushButton(page, /^時刻前に引き受ける/u);
  await sees(page, '電話をかける相手');
}

describe('somebody who was protected after they booked', () => {
  it('has to be called when their session is closed', async () => {
    const { page } = operator;
    const { day, sessionId } = await smallSession(city, { venueCode: VENUE, days: 60, seats: 1 });
    await listSlots(product, operator, { caller: callee, venueCode: VENUE, day });
    await bookFocused(operator);
    await press(page, 'Alt+KeyR');
    await focusIsOn(page, '理由');
    await type(page, REASON);
    await press(page, 'Enter');
    await sees(page, 'この人と世帯の記録を閉じます');
    await press(page, 'Enter');
    await sees(page, '記録を閉じました');
    await press(page, 'Escape');
    await focusIsOn(page, '予約');
    await finish(page, '6');
    await closeAtOnce(city, sessionId);
  });

  it('is on nobody’s list but the desk’s', async () => {
    const { page } = supervisor;
    await press(page, 'Alt+KeyW');
    await sees(page, '荒天・災害');
    expect(await page.locator('.worklist tbody tr').innerText()).toContain('担当席');
    expect(await page.locator('.worklist').innerText()).not.toContain(callee.name);
    await screenshot(page, 'product-desk-callbacks-1024');
    expect(await axeFaults(page)).toEqual([]);
    await press(operator.page, 'Alt+KeyW');
    await sees(operator.page, '該当する折返しはありません');
    expect(await operator.page.locator('body').innerText()).not.toContain(callee.name);
    const { items } = await ask<{ items: unknown[] }>(operator, '/work-items/list', {});
    expect(items).toEqual([]);
    await press(operator.page, 'Alt+Digit6');
  });

  it('shows the number to the desk after a second person has agreed, and nothing before', async () => {
    const { page, person } = supervisor;
    await press(page, 'Enter');
    await sees(page, '支援措置の対象者です');
    expect(await page.locator('body').innerText()).not.toContain(callee.name);
    await focusIsOn(page, '理由');
    await type(page, REASON);
    await press(page, 'Tab', 'Enter');
    await stepUp(page, person);
    await sees(page, '承認待ち');
    await approve(city, '担当席での照合');
    await focusIsOn(page, '連絡先を表示');
    await screenshot(page, 'product-protected-callee-1024');
    expect(await axeFaults(page)).toEqual([]);
    await press(page, 'Enter');
    await sees(page, callee.name);
    await focusIsOn(page, '架電');
    // Whom to call is shown; what is booked is not, before they have said who they are.
    expect(await page.locator('body').innerText()).not.toContain('予約済');
  });

  it('cannot be finished with what is not true, and comes back when nobody answers', async () => {
    const { page } = supervisor;
    await press(page, 'Alt+Digit5');
    await focusIsOn(page, '別の枠へ変更した');
    await press(page, '1', 'Enter');
    await sees(page, '予約の状態がその結果になっていません');
    await screenshot(page, 'product-untrue-outcome-1024');
    expect(await axeFaults(page)).toEqual([]);
    await press(page, '4', 'Enter');
    await sees(page, '待機中');
    await press(page, 'Alt+KeyW');
    await sees(page, '1回');
  });

  it('books the alternative once name and birth date are confirmed', async () => {
    const { page } = supervisor;
    await takeEarly(page);
    await focusIsOn(page, '理由');
    await type(page, REASON);
    await press(page, 'Tab', 'Enter');
    await sees(page, '承認待ち');
    await approve(city, '担当席での照合');
    await focusIsOn(page, '連絡先を表示');
    await press(page, 'Enter');
    await sees(page, callee.name);
    await verify(page, '2', nameAndBirth(callee));
    await sees(page, '本人を確認しました');
    await sees(page, '予約を選ぶ');
    await pushButton(page, '日時・会場を変更');
    await sees(page, 'いまの予約に近い空き');
    await taskOf(page).locator('.suggestions button').first().focus();
    await moveToFocused(supervisor);
    await press(page, 'Alt+Digit5');
    await focusIsOn(page, '別の枠へ変更した');
    await press(page, '1', 'Enter');
    await sees(page, '待機中');
    await press(page, 'Alt+KeyW');
    await sees(page, '該当する折返しはありません');
  });
});
