import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFaults, screenshot } from './browser.ts';
import { finish, focusIsOn, press, pushButton, saidDay, sees, stepUp, type } from './operator.ts';
import { callerOf } from './product.ts';
import type { Product } from './product.ts';
import {
  ask,
  askForApproval,
  bookFocused,
  listSlots,
  openWorkplaces,
  OPERATOR_AND_TWO_OF_THE_CITY,
  smallSession,
} from './workplaces.ts';
import type { Workplace } from './workplaces.ts';

const VENUE = '1312300011';

let product: Product;
let operator: Workplace;
let city: Workplace;
let second: Workplace;
let close: (() => Promise<void>) | undefined;
let sessionId: string;
let day: string;

beforeAll(async () => {
  const opened = await openWorkplaces(OPERATOR_AND_TWO_OF_THE_CITY);
  ({ product, close } = opened);
  ({ operator, city, second } = opened.at);
});
afterAll(async () => close?.());

/** Chooses the session in the list of sessions; its actions stand beside. */
async function chooseSession({ page }: Workplace): Promise<void> {
  await press(page, 'Alt+KeyA');
  await sees(page, '会場の予約枠');
  await page.getByLabel('会場').first().selectOption(VENUE);
  await page.getByLabel('いつから').fill(day);
  await page.getByLabel('いつまで').fill(day);
  await page
    .locator('tbody tr', { hasText: saidDay(day) })
    .first()
    .focus();
  await sees(page, '席数を変える');
}

const stateOf = async (): Promise<unknown> => {
  const body = { venueCode: VENUE, from: day, to: day };
  const { sessions } = await ask<{ sessions: { sessionId: string; state: string }[] }>(
    city,
    '/sessions/list',
    body,
  );
  return sessions.find((one) => one.sessionId === sessionId)?.state;
};

describe('a session that somebody is booked in', () => {
  it('is there', async () => {
    const { page } = operator;
    ({ day, sessionId } = await smallSession(city, { venueCode: VENUE, days: 61, seats: 2 }));
    const caller = callerOf(product, 'ordinary');
    await listSlots(product, operator, { caller, venueCode: VENUE, day });
    await bookFocused(operator);
    await finish(page, '1');
  });

  it('is not cut when the second person says no', async () => {
    const { page } = city;
    await chooseSession(city);
    await pushButton(page, '席数を変える');
    await focusIsOn(page, '1枠の席');
    await type(page, '0');
    await page.getByLabel('折返しの列に載せる').focus();
    await press(page, '2', 'Enter');
    await sees(page, '区のもう一人の承認が必要です');
    await focusIsOn(page, '理由');
    await press(page, 'Shift+Tab');
    await askForApproval(city, { reason: '従事者の確保ができなくなったため', freshly: true });
    await press(second.page, 'Alt+Digit7');
    await sees(second.page, /1枠 0席/u);
    await screenshot(second.page, 'product-cut-card-1440');
    await pushButton(second.page, '却下する');
    await stepUp(second.page, second.person);
    await sees(second.page, '却下しました');
    await sees(page, '却下されました');
    await screenshot(page, 'product-cut-rejected-1024');
    await press(page, 'Escape');
  });

  it('is closed at once in an emergency, and stands on the desk until a second person confirms it', async () => {
    const { page } = city;
    await chooseSession(city);
    await pushButton(page, '休止する');
    await focusIsOn(page, '会場が使えない');
    await press(page, '5', 'Enter');
    await sees(page, '区のもう一人の承認が必要です');
    await focusIsOn(page, '承認を得て行う');
    await press(page, '2', 'Tab');
    await focusIsOn(page, '何が起きたか');
    await type(page, '保冷庫が停止しワクチンの温度が逸脱した');
    await screenshot(page, 'product-emergency-1024');
    expect(await axeFaults(page)).toEqual([]);
    await press(page, 'Enter');
    await sees(page, /緊急に休止しました。折返し 1人/u);
    await screenshot(page, 'product-emergency-closed-1024');
    expect(await stateOf()).toBe('closed');
    await press(page, 'Alt+Digit7');
    await sees(page, '自分の休止');
    await sees(second.page, '緊急の休止');
    await sees(second.page, '保冷庫が停止し');
    await screenshot(second.page, 'product-emergency-card-1440');
    expect(await axeFaults(second.page)).toEqual([]);
    await pushButton(second.page, '確認する');
    await sees(second.page, '緊急の休止を確認しました');
    await sees(second.page, '確認済み');
  });
});
