import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFaults, openDesk, screenshot, SCREENSHOTS, SIZES } from './browser.ts';
import type { Desk } from './browser.ts';
import {
  finish,
  focusIsOn,
  press,
  sees,
  signIn,
  type,
  verify,
  wordsOf,
  wordsOnDesk,
} from './operator.ts';
import type { Said } from './operator.ts';
import { callerOf, callIn, extensionOf, personOf, startProduct } from './product.ts';
import type { Product, SignIn } from './product.ts';

let product: Product;
let desk: Desk;
let otherDesk: Desk;
let page: Page;
let operator: SignIn;

beforeAll(async () => {
  product = await startProduct();
  [desk, otherDesk] = await Promise.all([openDesk(), openDesk(SIZES[1])]);
  page = desk.page;
  operator = personOf(product, 'operator');
});
afterAll(async () => {
  await Promise.all([desk?.close(), otherDesk?.close()]);
  await product?.stop();
});

describe('the main job, by keyboard alone', () => {
  it('signs in two operators with password and time-based code', async () => {
    await signIn(page, product, operator);
    await signIn(otherDesk.page, product, personOf(product, 'operator', 1));
    await sees(page, '待機中');
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'product-waiting-1440');
  });

  it('shows a call to the operator who answers, and to nobody else', async () => {
    await callIn(product, extensionOf(operator), callerOf(product, 'ordinary').telephone);
    await sees(page, '通話中');
    await sees(page, '登録あり');
    await sees(page, '予約・変更');
    // Long enough for a message to the wrong desk to arrive.
    await otherDesk.page.waitForTimeout(1_000);
    const others = await wordsOnDesk(otherDesk.page);
    expect(others).toContain('待機中');
    expect(others).not.toContain('通話中');
    expect(others).not.toContain('予約・変更');
    await screenshot(page, 'product-talking-1440');
    await screenshot(otherDesk.page, 'product-other-desk-1024');
  });

  it('says how many fit what was said, and what to ask next, but not who', async () => {
    const { nameKana, name } = callerOf(product, 'ordinary');
    await press(page, 'Alt+Digit1', '2', 'Tab');
    await type(page, nameKana);
    await press(page, 'Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Enter');
    await sees(page, /候補 \d+ 人|該当する人が多すぎます/u);
    await sees(page, '次におたずねください:生年月日');
    expect(await wordsOnDesk(page)).not.toContain(name);
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'product-searched-1440');
  });

  it('opens nothing before the caller is verified', async () => {
    const caller = callerOf(product, 'ordinary');
    const words = await wordsOnDesk(page);
    expect(words).not.toContain(caller.name);
    expect(words).not.toContain(caller.ticketNumber);
    await verify(page, '2', { ...wordsOf(caller), dateOfBirth: '大正3年2月1日' });
    await sees(page, '不一致');
    await sees(page, '残り 2 回');
    expect(await wordsOnDesk(page)).not.toContain(caller.name);
  });

  it('opens the record at the threshold, without moving a panel', async () => {
    const places = async (): Promise<unknown> =>
      page.evaluate(() =>
        [...document.querySelectorAll('.panel')].map((panel) => {
          const { x, y, width, height } = panel.getBoundingClientRect();
          return [x, y, width, height];
        }),
      );
    const before = await places();
    await verify(page, '2', wordsOf(callerOf(product, 'ordinary')));
    await sees(page, '本人を確認しました');
    await sees(page, callerOf(product, 'ordinary').name);
    expect(await places()).toEqual(before);
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'product-verified-1440');
    copyFileSync(
      join(SCREENSHOTS, 'product-verified-1440.png'),
      join(import.meta.dirname, '../../../docs/images/console.png'),
    );
  });

  it('finds a slot, holds it, reads it back and books it', async () => {
    await focusIsOn(page, '会場');
    await press(page, 'Enter');
    await expect.poll(async () => page.locator('tr:focus').count(), { timeout: 15_000 }).toBe(1);
    await press(page, 'ArrowDown', 'Enter');
    await sees(page, '復唱して確認');
    await sees(page, /残り \d:\d\d/);
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'product-held-1440');
    // Who wants another one after all stands where they were.
    await press(page, 'Escape');
    await page.locator('tr:focus').waitFor();
    const rows = page.locator('.slots tbody tr');
    expect(await rows.evaluateAll((all) => all.findIndex((row) => row.matches(':focus')))).toBe(1);
    await press(page, 'Enter');
    await focusIsOn(page, '予約を確定する');
    await press(page, 'Enter');
    await sees(page, '予約を確定しました');
    await screenshot(page, 'product-booked-1440');
  });

  it('reissues the ticket, reads it back and prints it', async () => {
    const caller = callerOf(product, 'ordinary');
    await verify(page, '4', wordsOf(caller));
    await focusIsOn(page, '紛失・滅失・破損');
    await press(page, '3', 'Enter');
    await focusIsOn(page, '再発行する');
    await press(page, 'Enter');
    await sees(page, '再発行しました');
    await sees(page, /^\d{18}$/);
    await screenshot(page, 'product-reissued-1440');
    await focusIsOn(page, '接種券を印刷');
    const printed = page.waitForResponse((response) => response.url().endsWith('/tickets/print'));
    await press(page, 'Enter');
    const { 'content-type': type = '', 'content-length': bytes = '0' } = (await printed).headers();
    await sees(page, '印刷用PDFを開きました');
    expect(type).toContain('application/pdf');
    expect(Number(bytes)).toBeGreaterThan(10_000);
  });

  it('closes the case with an after-call code and clears the desk', async () => {
    await finish(page, '1');
    expect(await wordsOnDesk(page)).not.toContain(callerOf(product, 'ordinary').name);
    expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
    expect(page.url()).not.toMatch(/[?&=]/);
  });
});

describe('a caller who cannot be confirmed', () => {
  /** The words of the desk after each of three tries with what this caller says. */
  const threeTries = async (said: Said, from: string): Promise<string[]> => {
    await callIn(product, extensionOf(operator), from);
    await sees(page, '通話中');
    const words: string[] = [];
    for (const left of [2, 1, 0]) {
      await verify(page, '2', said);
      await sees(page, `残り ${left} 回`);
      words.push(await wordsOnDesk(page));
    }
    return words;
  };

  it('gets the same words whether protected or unknown, and goes to the supervisor desk', async () => {
    const guarded = wordsOf(callerOf(product, 'protected'));
    const unknown = { ...guarded, name: 'ソンザイ シナイ', ticketNumber: '9999999999' };
    const ofProtected = await threeTries(guarded, '09000000001');
    await sees(page, '確認できませんでした。担当席へおつなぎします');
    expect(ofProtected.join()).not.toContain(callerOf(product, 'protected').name);
    await screenshot(page, 'product-not-confirmed-1440');
    expect(await axeFaults(page)).toEqual([]);
    await press(page, 'Alt+Digit0');
    await sees(page, 'この席では続けられません');
    await press(page, 'Enter');
    await sees(page, '待機中');

    const ofUnknown = await threeTries(unknown, '09000000002');
    // The items typed differ, so do the marks beside a wrong one; what is said may not.
    expect(ofUnknown).toEqual(ofProtected);
    await finish(page, '6');
  });
});

describe('the supervisor', () => {
  let supervisor: Page;
  beforeAll(async () => {
    supervisor = otherDesk.page;
    await press(supervisor, 'Escape');
    await otherDesk.close();
    otherDesk = await openDesk(SIZES[1]);
    supervisor = otherDesk.page;
    await signIn(supervisor, product, personOf(product, 'senior-operator'));
  });

  it('finds the referred case waiting at the desk and takes it', async () => {
    await press(supervisor, 'Alt+Digit7');
    await sees(supervisor, '引継ぎ待ちの案件');
    await sees(supervisor, '引き受ける');
    await screenshot(supervisor, 'product-supervisor-desk-1024');
    expect(await axeFaults(supervisor)).toEqual([]);
    await supervisor
      .getByRole('button', { name: /引き受ける/ })
      .first()
      .focus();
    await press(supervisor, 'Enter');
    await sees(supervisor, '担当席へ引継ぎ');
    await sees(supervisor, 'もう一人の承認');
    await screenshot(supervisor, 'product-desk-verification-1024');
    await finish(supervisor, '6');
  });

  it('sees every step of the call in order, and that the log is whole', async () => {
    await press(supervisor, 'Alt+Digit8');
    await focusIsOn(supervisor, '操作した人');
    // Entries arrive by message: shown again until the last step of the call is there.
    await expect
      .poll(
        async () => {
          await supervisor.getByRole('button', { name: /表示する/ }).focus();
          await press(supervisor, 'Enter');
          await supervisor.waitForTimeout(400);
          return supervisor.locator('.audit__entries tbody').innerText();
        },
        { timeout: 20_000 },
      )
      .toMatch(
        /本人の照合[\s\S]*住民の表示[\s\S]*予約\s+予約の確定[\s\S]*接種券の再発行[\s\S]*案件を閉じる/,
      );
    await screenshot(supervisor, 'product-audit-log-1024');
    expect(await axeFaults(supervisor)).toEqual([]);
    await supervisor.getByRole('button', { name: '記録の完全性を検査' }).focus();
    await press(supervisor, 'Enter');
    await sees(supervisor, /記録は完全です/);
  });

  it('keeps the custody ledger', async () => {
    await press(supervisor, 'Alt+Digit9');
    await focusIsOn(supervisor, '受け渡しを記録');
    await press(supervisor, 'Enter', '1', 'Tab');
    for (const text of ['差分ファイル', '12', '暗号化USB', '区民課', 'コールセンター']) {
      await type(supervisor, text);
      await press(supervisor, 'Tab');
    }
    await press(supervisor, 'Enter');
    await sees(supervisor, '受払簿に記録しました');
    await sees(supervisor, '差分ファイル');
    await screenshot(supervisor, 'product-custody-ledger-1024');
    expect(await axeFaults(supervisor)).toEqual([]);
  });
});
