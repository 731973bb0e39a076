import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFaults, screenshot } from './browser.ts';
import { fill, focusIsOn, press, pushButton, sees, type } from './operator.ts';
import { callerOf, freshCode } from './product.ts';
import type { Product } from './product.ts';
import { bookFocused, listSlots, openWorkplaces, OPERATOR_AND_CITY, dayIn } from './workplaces.ts';
import type { Workplace } from './workplaces.ts';

let product: Product;
let city: Workplace;
let operator: Workplace;
let close: (() => Promise<void>) | undefined;
const REASON = '区の通知により改めるため';

beforeAll(async () => {
  const opened = await openWorkplaces(OPERATOR_AND_CITY);
  ({ product, close } = opened);
  ({ city, operator } = opened.at);
});
afterAll(async () => close?.());

async function saved(page: Page, code: string): Promise<void> {
  await fill(page, '理由(10文字以上)', REASON);
  await press(page, 'Enter');
  await sees(page, 'もう一度 Enter で保存してください');
  await press(page, 'Enter');
  await sees(page, `${code} を保存しました`);
}

describe('the catalogue, kept by the city', () => {
  it('takes a corrected rule, and says by whom and why it was changed', async () => {
    const { page, person } = city;
    await press(page, 'Alt+KeyZ');
    await focusIsOn(page, '試す');
    await press(page, '2');
    await sees(page, '回ごとのルール');
    await pushButton(page, 'autumn-2 を直す');
    await sees(page, '標準の間隔(日)');
    await screenshot(page, 'product-rule-edit-1024');
    expect(await axeFaults(page)).toEqual([]);
    await fill(page, '中何日', '二十');
    await fill(page, '理由(10文字以上)', REASON);
    await press(page, 'Enter');
    await sees(page, 'この欄を確かめてください');
    await fill(page, '中何日', '２７');
    await saved(page, 'autumn-2');
    await sees(page, '中27日');
    await pushButton(page, 'autumn-2 の経緯');
    await sees(page, REASON);
    await sees(page, person.displayName);
    await sees(page, '中何日: 20 → 27');
    await screenshot(page, 'product-rule-history-1024');
    await press(page, 'Escape');
  });

  it('changes a rule from a day on, after showing whom that would hit', async () => {
    const { page } = city;
    const day = dayIn(10);
    const next = `autumn-1-${day.replaceAll('-', '')}`;
    const caller = callerOf(product, 'ordinary', 0);
    await listSlots(product, operator, { caller, venueCode: '1312300029', day: dayIn(12) });
    await bookFocused(operator);
    await pushButton(page, 'autumn-1 を期日から改める');
    await focusIsOn(page, 'この日から');
    await page.getByRole('dialog').getByLabel('この日から').fill(day);
    await fill(page, '下限(月齢・含む)', '1500');
    await fill(page, '理由(10文字以上)', REASON);
    await press(page, 'Enter');
    await sees(page, '件の予約が折返しの一覧に載ります');
    await focusIsOn(page, '保存する');
    await sees(page, '接種日の年齢が対象に当てはまりません。');
    await screenshot(page, 'product-rule-from-day-1024');
    expect(await axeFaults(page)).toEqual([]);
    // What is typed after that is counted anew.
    await fill(page, '下限(月齢・含む)', '144');
    await fill(page, '標準の間隔(日)', '28');
    await press(page, 'Enter');
    await sees(page, '影響する予約はありません');
    await press(page, 'Enter');
    await sees(page, `autumn-1 は ${day} から ${next} に改まります`);
    await pushButton(page, `${next} の経緯`);
    await sees(page, '前の版:autumn-1');
    await sees(page, '標準の間隔(日): 空欄 → 28');
    await press(page, 'Escape');
    await pushButton(page, 'autumn-1 を期日から改める');
    await page.getByRole('dialog').getByLabel('この日から').fill(dayIn(5));
    await fill(page, '標準の間隔(日)', '35');
    await fill(page, '理由(10文字以上)', REASON);
    await press(page, 'Enter');
    await sees(page, 'より後の日からの版がすでにあります');
    await press(page, 'Escape');
    // Nor is it corrected into that version: the field says where that begins, and what to do.
    await pushButton(page, 'autumn-1 を直す');
    await page.getByRole('dialog').getByLabel('この日の前日まで').fill(dayIn(15));
    await fill(page, '理由(10文字以上)', REASON);
    await press(page, 'Enter');
    await sees(page, 'もう一度 Enter で保存してください');
    await press(page, 'Enter');
    await sees(page, '二つの版が同じ日に重なります');
    const note = page.getByRole('dialog').locator('.field__note--bad');
    expect(await note.innerText()).toContain(`後の版 ${next} が ${day} から始まります`);
    await screenshot(page, 'product-rule-overlap-1024');
    expect(await axeFaults(page)).toEqual([]);
    await press(page, 'Escape');
  });

  it('says before a venue is saved how many bookings its shorter hours leave outside, and marks the sessions', async () => {
    const { page } = city;
    await page.getByLabel('会場一覧').focus();
    await press(page, 'Space');
    await pushButton(page, '1312300029 を直す');
    for (const day of ['月', '火', '水', '木', '金', '土', '日'])
      await fill(page, day, '23:00-23:30');
    await fill(page, '理由(10文字以上)', REASON);
    await press(page, 'Enter');
    await sees(page, '会場の時間の外になる枠に 1件の予約があります');
    await screenshot(page, 'product-venue-hours-1024');
    expect(await axeFaults(page)).toEqual([]);
    await press(page, 'Enter');
    await sees(page, '1312300029 を保存しました');
    await press(page, 'Alt+KeyA');
    const mark = page.getByText(/時間外 \d+枠/u).first();
    // Reservations hear of it a moment later.
    await expect
      .poll(
        async () => {
          await page.reload();
          await page.getByLabel('会場').first().selectOption('1312300029');
          await page.getByRole('grid').locator('tbody tr').first().waitFor();
          return mark.isVisible();
        },
        { timeout: 15_000 },
      )
      .toBe(true);
    await page.getByRole('row').filter({ hasText: '時間外' }).first().focus();
    await sees(page, '予約は残り、席も出ます');
    await screenshot(page, 'product-sessions-outside-hours-1024');
    expect(await axeFaults(page)).toEqual([]);
    await press(page, 'Alt+KeyZ');
  });

  it('takes a new venue, which can be asked for at once', async () => {
    const { page } = city;
    await page.getByLabel('会場一覧').focus();
    await press(page, 'Space');
    await sees(page, 'タワーホール船堀');
    await pushButton(page, '新しく入れる');
    await sees(page, '会場コード(10桁)');
    await fill(page, '会場コード(10桁)', '1312300999');
    await fill(page, '名称', '篠崎文化プラザ');
    await fill(page, '英語の名称', 'Shinozaki Plaza');
    await fill(page, '町', '篠崎町');
    await fill(page, '住所', '東京都江戸川区篠崎町７丁目２０番１９号');
    await fill(page, '月', '9:00-12:00 13:00-16:30');
    await fill(page, '独自の休業日', '2026-12-28、2026-12-29');
    // A date field takes no text at once; the browser fills it as its own keys would.
    await page.getByRole('dialog').getByLabel('開始日').fill('2026-11-01');
    await screenshot(page, 'product-venue-new-1024');
    await saved(page, '1312300999');
    await sees(page, '篠崎文化プラザ');
  });

  it('says whom a file of venues would hit before it is taken', async () => {
    const { page } = city;
    const day = dayIn(12);
    const [code, rest] = ['1312300029', '集団,09:00-12:00 13:00-16:30,MDG-XA,2020-04-01'];
    const text = `会場コード,名称,英語名称,町名,住所,種別,月,ワクチン,開始日,休業日
${code},小岩区民館,Koiwa Community Hall,東小岩,東京都江戸川区東小岩６丁目９番１４号,${rest},${day}`;
    await pushButton(page, 'CSV');
    const buffer = Buffer.from(text);
    await page
      .getByLabel('取り込むファイル')
      .setInputFiles({ name: 'venues.csv', mimeType: 'text/csv', buffer });
    await pushButton(page, '検査だけする');
    await sees(page, '1行・追加0・変更1・変わらず0');
    await sees(page, /会場が休みになる日に \d+件の予約があります/u);
    await screenshot(page, 'product-venue-file-1024');
    expect(await axeFaults(page)).toEqual([]);
    await press(page, 'Escape');
  });

  it('goes on after the session ended and somebody signed in again', async () => {
    const { page, person } = city;
    await press(page, 'Alt+KeyA');
    await sees(page, '会場の予約枠');
    await page.context().clearCookies({ name: '__Host-sid' });
    await press(page, 'Alt+KeyZ');
    await focusIsOn(page, 'パスワード');
    await type(page, person.password);
    await press(page, 'Tab');
    await type(page, await freshCode(person.totpSecret));
    await press(page, 'Enter');
    await expect
      .poll(() => page.getByText('サインインし直してください').count(), { timeout: 15_000 })
      .toBe(0);
    // What could not be listed meanwhile is there, without a way round.
    await expect
      .poll(() => page.getByLabel('ワクチン').getByRole('option').count(), { timeout: 15_000 })
      .toBeGreaterThan(1);
  });

  it('has its venues in every list at once', async () => {
    const { page } = city;
    await press(page, 'Alt+KeyA');
    await sees(page, '会場の予約枠');
    await expect
      .poll(
        async () => {
          await page.reload();
          await page.getByLabel('会場').first().waitFor();
          return page.getByRole('option', { name: '篠崎文化プラザ' }).count();
        },
        { timeout: 15_000 },
      )
      .toBeGreaterThan(0);
  });
});
