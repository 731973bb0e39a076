import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFaults, screenshot } from './browser.ts';
import {
  finish,
  focusIsOn,
  press,
  pushButton,
  saidDay,
  sees,
  stepUp,
  type,
  verify,
  wordsOf,
  wordsOnDesk,
} from './operator.ts';
import { callerOf } from './product.ts';
import type { Caller, Product } from './product.ts';
import {
  approve,
  callOf,
  dayIn,
  openWorkplaces,
  OPERATOR_DESK_AND_CITY,
  serve,
} from './workplaces.ts';
import type { Workplace } from './workplaces.ts';

const REASON = '本人から相談があったため確認する';

let product: Product;
let operator: Workplace;
let supervisor: Workplace;
let city: Workplace;
let caller: Caller;
let protectedPerson: Caller;
let close: (() => Promise<void>) | undefined;

beforeAll(async () => {
  const opened = await openWorkplaces(OPERATOR_DESK_AND_CITY);
  ({ product, close } = opened);
  ({ operator, supervisor, city } = opened.at);
  caller = callerOf(product, 'ordinary');
  protectedPerson = callerOf(product, 'protected');
});
afterAll(async () => close?.());

async function giveReason(page: Page, within: string): Promise<void> {
  await page.locator(within).getByLabel('理由(10文字以上)').focus();
  await type(page, REASON);
}

/** A fresh code is asked for once in five minutes. */
async function codeIfAsked(page: Page): Promise<void> {
  const code = page.getByText('確認コードの再入力');
  const pending = page.locator('dialog').getByText('承認待ち');
  await code.or(pending).first().waitFor();
  if (await code.isVisible()) await stepUp(page, supervisor.person);
  await pending.waitFor();
}

describe('protection', () => {
  it('closes a person at once on the desk that asks for it', async () => {
    const { page } = operator;
    await serve(product, operator, { caller });
    await sees(page, caller.name);
    await press(page, 'Alt+KeyR');
    await focusIsOn(page, '理由');
    await type(page, REASON);
    await screenshot(page, 'product-register-1440');
    expect(await axeFaults(page)).toEqual([]);
    await press(page, 'Enter');
    await sees(page, 'この人と世帯の記録を閉じます');
    await press(page, 'Enter');
    await sees(page, '記録を閉じました');
    await screenshot(page, 'product-protected-1440');
    expect(await axeFaults(page)).toEqual([]);
    expect(await wordsOnDesk(page)).not.toContain(caller.name);
    await focusIsOn(page, '担当席へ回す');
    await press(page, 'Enter');
    await sees(page, 'この席では続けられません');
    await press(page, 'Enter');
    await sees(page, '待機中');
  });

  it('answers as for an unknown person from then on', async () => {
    const { page } = operator;
    await callOf(product, operator, caller);
    await verify(page, '2', wordsOf(caller));
    await sees(page, '残り 2 回');
    await finish(page, '6');
  });

  it('is lifted at the supervisor desk, by two people', async () => {
    const { page } = supervisor;
    await press(page, 'Alt+Digit7');
    await sees(page, '引継ぎ待ちの案件');
    await pushButton(page, /引き受ける/u);
    await sees(page, '担当席へ引継ぎ');
    await giveReason(page, '.verification');
    await pushButton(page, '承認を申請');
    await stepUp(page, supervisor.person);
    await sees(page, '承認待ち');
    await approve(city, '担当席での照合');
    await sees(page, '承認済み');
    await verify(page, '5', wordsOf(caller));
    await sees(page, caller.name);
    await press(page, 'Alt+KeyR');
    await giveReason(page, '[aria-labelledby="lift-title"]');
    await pushButton(page, '承認を申請');
    await page.locator('.work-area').getByText('承認待ち').waitFor();
    await screenshot(page, 'product-lift-1024');
    await approve(city, '規制の解除');
    await page.locator('.work-area').getByText('承認済み').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await pushButton(page, '支援措置を解く');
    await sees(page, '支援措置を解きました。');
    await screenshot(page, 'product-lifted-1024');
    await finish(page, '5');
  });
});

describe('residence on a day', () => {
  it('is told to the city as known then and as known now', async () => {
    const { page } = city;
    await press(page, 'Alt+Digit6');
    await serve(product, city, { caller, purpose: '5' });
    await sees(page, caller.name);
    await press(page, 'Alt+KeyR');
    await focusIsOn(page, '知りたい日');
    await press(page, 'Enter');
    await sees(page, '日付を入力してください');
    // Whoever was invented has come here a month ago or earlier.
    const day = dayIn(-25);
    await page.getByLabel('知りたい日').fill(day);
    await press(page, 'Enter');
    await sees(page, new RegExp(`${saidDay(day).source}.*の区民か`, 'u'));
    const facts = page.locator('[aria-labelledby="residency-title"] [role="status"]');
    expect(await facts.getByText('区民', { exact: true }).count()).toBe(2);
    await screenshot(page, 'product-residency-1440');
    expect(await axeFaults(page)).toEqual([]);
    await finish(page, '5');
  });
});

describe('people left out of a bulk file', () => {
  it('wait at the desk without a name, and open by its way only', async () => {
    const { page } = supervisor;
    await press(page, 'Alt+Digit7');
    await pushButton(page, '一括書き出しの承認を申請');
    await sees(page, '内容を入力すると、承認を申請できます');
    for (const label of ['生年月日(この日から)', '生年月日(この日まで)'])
      await page.getByLabel(label).fill(protectedPerson.dateOfBirth);
    await giveReason(page, 'dialog');
    await pushButton(page, /^承認を申請$/u);
    await codeIfAsked(page);
    await screenshot(page, 'product-ask-export-1024');
    expect(await axeFaults(page)).toEqual([]);
    await approve(city, '宛名の書き出し');
    await focusIsOn(page, '管理者が実行するコマンド');
    const command = await page.getByLabel('管理者が実行するコマンド').inputValue();
    const file = join(tmpdir(), `madoguchi-mailing-${process.pid}.csv`);
    const [, , ...mailing] = command.replace('mailing.csv', file).split(' ');
    expect(await product.command(...mailing)).toMatch(/people are not in it/u);
    // The yes was used up by it: the command goes, and another one can be asked for.
    await page
      .locator('dialog')
      .getByText(/^使用済み \S/u)
      .waitFor();
    expect(await page.getByLabel('管理者が実行するコマンド').count()).toBe(0);
    await page
      .locator('dialog')
      .getByRole('button', { name: /^承認を申請$/u })
      .waitFor();
    await press(page, 'Escape');

    // The list is asked for once, when the screen appears: the other one has to have stood there before.
    await press(page, 'Alt+Digit6');
    await page.locator('.call-desk:not([hidden])').waitFor();
    await press(page, 'Alt+Digit7');
    await sees(page, '一括発送から外れた人');
    await pushButton(page, /^開く/u);
    await sees(page, '支援措置の対象者です');
    await giveReason(page, 'dialog');
    await screenshot(page, 'product-left-out-1024');
    expect(await axeFaults(page)).toEqual([]);
    await pushButton(page, '案件を開いて承認を申請');
    await codeIfAsked(page);
    await approve(city, '担当席での照合');
    await page.locator('dialog').getByText('承認済み').waitFor();
    expect(await page.locator('body').innerText()).not.toContain(protectedPerson.name);
    await pushButton(page, 'この人を開く');
    await sees(page, '本人を確認しました');
    await sees(page, protectedPerson.name);
    await screenshot(page, 'product-left-out-opened-1024');
  });

  it('leave the queue when the desk has said what was done', async () => {
    const { page } = supervisor;
    await press(page, 'Alt+Digit7');
    await pushButton(page, /^済みにする/u);
    await focusIsOn(page, '手作業で発送した');
    await press(page, '2', 'Enter');
    await sees(page, '対応を記録しました');
    await screenshot(page, 'product-left-out-settled-1024');
    expect(await axeFaults(page)).toEqual([]);
    await press(page, 'Alt+Digit6');
    await finish(page, '9');
  });
});
