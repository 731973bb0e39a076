import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, tokyoDate } from '@madoguchi/kernel';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFaults, screenshot } from './browser.ts';
import { fill, finish, focusIsOn, press, pushButton, sees } from './operator.ts';
import { callerOf } from './product.ts';
import type { Caller, Product } from './product.ts';
import { bookFocused, focusOnRow, openWorkplaces, OPERATOR_AND_CITY, serve } from './workplaces.ts';
import type { Workplace } from './workplaces.ts';

const inTwoWeeks = (): string => addDays(tokyoDate(new Date()), 14);
const REASON = '医師の意見書が届いたため';

let product: Product;
let operator: Workplace;
let city: Workplace;
let child: Caller;
let file: string;
let close: (() => Promise<void>) | undefined;

beforeAll(async () => {
  const opened = await openWorkplaces(OPERATOR_AND_CITY);
  ({ product, close } = opened);
  ({ operator, city } = opened.at);
  // Somebody calls for the child, from a number that is nobody's.
  child = { ...callerOf(product, 'child'), telephone: '0311112222' };
  file = readFileSync(join(product.home, 'priority-list.csv'), 'utf8');
});
afterAll(async () => close?.());

const importing = (...more: string[]): Promise<string> =>
  product.command(
    'groups',
    'import',
    join(product.home, 'priority-list.csv'),
    '--source',
    '医師の意見書',
    '--reason',
    REASON,
    ...more,
  );

const choose = async (page: Page, text: string): Promise<void> =>
  page
    .getByRole('dialog')
    .locator('input[type=file]')
    .setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });

/** Verified for a booking, with the slots of every venue asked for. */
async function search(): Promise<void> {
  await serve(product, operator, { caller: child });
  await focusIsOn(operator.page, '会場');
  await press(operator.page, 'Enter');
}

describe('a list of people who come first', () => {
  it('is what the dose of a child waits for, and the operator hears no more', async () => {
    const { page } = operator;
    await search();
    await sees(page, 'その日に接種の対象となる方に当てはまりません');
    expect(await page.locator('body').textContent()).not.toContain('基礎疾患');
    await screenshot(page, 'product-not-listed-1440');
    await finish(page, '6');
  });

  it('is checked, then taken from a file by the city', async () => {
    const { page } = city;
    await press(page, 'Alt+KeyZ');
    await focusIsOn(page, '試す');
    await press(page, '6');
    await sees(page, '基礎疾患のある小児(架空)');
    await pushButton(page, '名簿を取り込む');
    await sees(page, 'この区分の全員の名簿か');
    await fill(page, '名簿の出所', '医師の意見書');
    await fill(page, '理由(10文字以上)', REASON);
    await choose(page, file.replace('children-at-risk', 'children'));
    await pushButton(page, '検査だけする');
    await sees(page, /2行目 区分コード:登録されていない区分です/u);
    await screenshot(page, 'product-list-faults-1024');
    expect(await axeFaults(page)).toEqual([]);
    await choose(page, file);
    await pushButton(page, '検査だけする');
    await sees(page, /5行・新しく5・変更0/u);
    await page.getByRole('dialog').getByLabel('理由(10文字以上)').focus();
    await press(page, 'Enter');
    await sees(page, '名簿を取り込みました(新しく5');
    await screenshot(page, 'product-lists-1024');
    expect(await axeFaults(page)).toEqual([]);
    expect(await importing('--dry-run')).toContain(
      '5 rows: 0 entered, 0 changed, 5 unchanged, 0 ended, 0 faults',
    );
    const said = await product.command('groups', 'list');
    expect(said).toContain('children-at-risk 基礎疾患のある小児(架空): 5 today');
  });

  it('lets the child be booked', async () => {
    await search();
    await focusOnRow(operator.page);
    await bookFocused(operator);
    await finish(operator.page, '1');
  });

  it('is looked at and ended for one person in an application', async () => {
    const { page } = city;
    await press(page, 'Alt+Digit6');
    await serve(product, city, { caller: child, purpose: '5' });
    await sees(page, child.name);
    await press(page, 'Alt+KeyR');
    await focusIsOn(page, '知りたい日');
    await pushButton(page, '名簿を見る');
    await sees(page, /基礎疾患のある小児\(架空\)・.*から/u);
    await screenshot(page, 'product-person-lists-1024');
    expect(await axeFaults(page)).toEqual([]);
    await pushButton(page, '基礎疾患のある小児(架空)の名簿を終える');
    await fill(page, '理由(10文字以上)', REASON);
    await screenshot(page, 'product-list-end-1024');
    await press(page, 'Enter');
    await sees(page, '名簿を終えました');
    await pushButton(page, '名簿に載せる');
    await page.getByRole('dialog').getByLabel('優先群').selectOption('children-at-risk');
    await fill(page, '名簿の出所', '本人の申請');
    await fill(page, '理由(10文字以上)', REASON);
    await screenshot(page, 'product-list-enter-1024');
    await press(page, 'Enter');
    await sees(page, '名簿に載せました。');
    await sees(page, '本人の申請');
    await finish(page, '5');
  });
});

describe('the rules tried', () => {
  it('for somebody on a list; a code that there is not is named', async () => {
    const { page } = operator;
    await press(page, 'Alt+KeyZ');
    const rules = page.locator('.rules');
    await rules.getByLabel('生年月日').first().fill(child.dateOfBirth);
    await rules.getByLabel('ワクチン', { exact: true }).first().selectOption('MDG-XA');
    await rules.getByLabel('接種する日').fill(inTwoWeeks());
    await rules.getByLabel('載っている名簿(優先群のコード)').fill('children');
    await press(page, 'Enter');
    await sees(page, 'groups[0]: children');
    await rules.getByLabel('載っている名簿(優先群のコード)').fill('children-at-risk');
    await press(page, 'Enter');
    await sees(page, '1回目を接種できます');
    await screenshot(page, 'product-try-list-1440');
    expect(await axeFaults(page)).toEqual([]);
  });
});
