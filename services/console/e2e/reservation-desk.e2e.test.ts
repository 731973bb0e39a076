import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFaults, screenshot } from './browser.ts';
import {
  finish,
  focusIsOn,
  press,
  pushButton,
  saidDay,
  sees,
  type,
  verify,
  wordsOf,
} from './operator.ts';
import { callerOf } from './product.ts';
import type { Product } from './product.ts';
import {
  approve,
  askForApproval,
  bookFocused,
  chooseWay,
  focusOnRow,
  moveToFocused,
  openWorkplaces,
  OPERATOR_AND_TWO_OF_THE_CITY,
  serve,
  taskOf,
  dayIn,
} from './workplaces.ts';
import type { Workplace } from './workplaces.ts';

let product: Product;
let operator: Workplace;
let city: Workplace;
let second: Workplace;
let close: (() => Promise<void>) | undefined;

beforeAll(async () => {
  const opened = await openWorkplaces(OPERATOR_AND_TWO_OF_THE_CITY);
  ({ product, close } = opened);
  ({ operator, city, second } = opened.at);
});
afterAll(async () => close?.());

describe('a session that is closed', () => {
  let venue: string;
  let day: string;

  it('loses nobody: a booking is made', async () => {
    const { page } = operator;
    await serve(product, operator, { caller: callerOf(product, 'ordinary') });
    await focusIsOn(page, '会場');
    await press(page, 'Enter');
    await focusOnRow(page);
    await bookFocused(operator);
    const facts = page.locator('.work-area__task:not([hidden]) .slot-facts dd');
    day = /\d+月\d+日/u.exec((await facts.nth(0).textContent()) ?? '')?.[0] ?? '';
    venue = ((await facts.nth(1).textContent()) ?? '').split('(')[0] ?? '';
    await finish(page, '1');
  });

  it('is closed by two of the city, with a reason, from the list of sessions', async () => {
    const { page } = city;
    await press(page, 'Alt+KeyA');
    await sees(page, '会場の予約枠');
    await page.getByLabel('会場').first().selectOption({ label: venue });
    await sees(page, saidDay(day));
    const row = page.locator('tr', { hasText: saidDay(day) }).first();
    await row.focus();
    await sees(page, '休止する');
    await screenshot(page, 'product-sessions-1024');
    expect(await axeFaults(page)).toEqual([]);
    await pushButton(page, '休止する');
    await focusIsOn(page, '会場が使えない');
    // What is closed is said where it is closed.
    await page.getByRole('dialog').getByText(saidDay(day)).waitFor();
    expect(await page.getByRole('dialog').innerText()).toContain(venue);
    await screenshot(page, 'product-close-session-1024');
    expect(await axeFaults(page)).toEqual([]);
    await press(page, '4', 'Enter');
    await sees(page, '区のもう一人の承認が必要です');
    await focusIsOn(page, '承認を得て行う');
    await sees(page, /申請時 1人・いま 1人/u);
    await screenshot(page, 'product-second-person-1024');
    expect(await axeFaults(page)).toEqual([]);
    await askForApproval(city, { reason: '台風の進路にあたり会場を開けないため', freshly: true });
    await press(second.page, 'Alt+Digit7');
    await sees(second.page, /申請時 1人・いま 1人/u);
    expect(await second.page.locator('.approval').first().innerText()).toContain(venue);
    await screenshot(second.page, 'product-approval-card-1440');
    expect(await axeFaults(second.page)).toEqual([]);
    await approve(second, '休止・席数の変更');
    await focusIsOn(page, '休止する');
    await press(page, 'Enter');
    await sees(page, /休止しました。折返し \d+人/u);
  });

  it('puts the booked on a list that names nobody, and gives the number to who takes it', async () => {
    const { page } = operator;
    const caller = callerOf(product, 'ordinary');
    await press(page, 'Alt+KeyW');
    await sees(page, '荒天・災害');
    expect(await page.locator('.worklist').innerText()).not.toContain(caller.name);
    await screenshot(page, 'product-callbacks-1440');
    expect(await axeFaults(page)).toEqual([]);
    await pushButton(page, /^引き受ける/u);
    await sees(page, '電話をかける相手');
    await sees(page, caller.name);
    await screenshot(page, 'product-callee-1440');
    expect(await axeFaults(page)).toEqual([]);
  });

  it('moves the booking once the callee has confirmed, and records how the call ended', async () => {
    const { page } = operator;
    await press(page, 'Alt+KeyQ');
    const { name, dateOfBirth } = wordsOf(callerOf(product, 'ordinary'));
    await verify(page, '2', { ...(name && { name }), ...(dateOfBirth && { dateOfBirth }) });
    await sees(page, '本人を確認しました');
    await sees(page, '予約を選ぶ');
    await press(page, 'Alt+Digit5');
    await focusIsOn(page, '別の枠へ変更した');
    await press(page, '1', 'Enter');
    await sees(page, '予約の状態がその結果になっていません');
    await press(page, 'Alt+Digit3');
    await pushButton(page, '日時・会場を変更');
    await sees(page, 'いまの予約に近い空き');
    await screenshot(page, 'product-suggestions-1440');
    expect(await axeFaults(page)).toEqual([]);
    await page.locator('.suggestions button').first().focus();
    await moveToFocused(operator);
    await press(page, 'Alt+Digit5');
    await focusIsOn(page, '別の枠へ変更した');
    await press(page, '1', 'Enter');
    await sees(page, '待機中');
    await press(page, 'Alt+KeyW');
    await sees(page, '該当する折返しはありません');
    await press(page, 'Alt+Digit6');
  });
});

describe('more than one seat', () => {
  it('books a dose and the one after it together', async () => {
    const { page } = operator;
    await serve(product, operator, { caller: callerOf(product, 'ordinary', 1) });
    await chooseWay(page, '2');
    await page.locator('.booking__mode:not([hidden])').getByLabel('会場', { exact: true }).focus();
    await press(page, 'Enter');
    await focusOnRow(page);
    await press(page, 'Enter');
    await sees(page, '2回目の枠');
    await focusIsOn(page, '月');
    await screenshot(page, 'product-pair-1440');
    expect(await axeFaults(page)).toEqual([]);
    await press(page, 'ArrowDown', 'Enter');
    await sees(page, '2回分の予約を確定しました');
    expect(await page.locator('.booked-list li').count()).toBe(2);
    await screenshot(page, 'product-pair-booked-1440');
    await finish(page, '1');
  });
});

describe('the waiting list', () => {
  it('takes a wish and gives a number to read out, and lets somebody leave', async () => {
    const { page } = operator;
    await serve(product, operator, { caller: callerOf(product, 'ordinary', 2) });
    await chooseWay(page, '4');
    await sees(page, 'この人のキャンセル待ちはありません');
    // Where there is a free seat it would be offered at once; beyond the demo's slots there is none.
    await page.getByLabel('いつから').filter({ visible: true }).fill(dayIn(80));
    await page.getByLabel('いつまで').filter({ visible: true }).fill(dayIn(85));
    await page.getByLabel('いつまで').filter({ visible: true }).focus();
    await press(page, 'Enter');
    await sees(page, /整理番号は \d{3}-\d{4} です/u);
    await pushButton(page, 'キャンセル待ちを見る');
    await sees(page, '待っている');
    await screenshot(page, 'product-waiting-list-1440');
    expect(await axeFaults(page)).toEqual([]);
    await pushButton(page, '待つのをやめる');
    await sees(page, 'キャンセル待ちから外しました');
    await finish(page, '5');
  });
});

describe('a family', () => {
  it('is verified one by one', async () => {
    const { page } = operator;
    const other = callerOf(product, 'ordinary', 3);
    await serve(product, operator, { caller: callerOf(product, 'ordinary', 2) });
    await chooseWay(page, '3');
    await sees(page, '二人以上を確認すると');
    await pushButton(page, 'もう一人を確認');
    const { name = '', dateOfBirth = '', address = '' } = wordsOf(other);
    const dialog = page.locator('dialog');
    for (const [label, said] of [
      ['氏名(漢字・カナ)', name],
      ['生年月日', '大正3年2月1日'],
      ['住所', address],
    ] as const) {
      await dialog.getByLabel(label).focus();
      await type(page, said);
    }
    await press(page, 'Enter');
    await sees(page, /確認できませんでした\(残り 2 回\)/u);
    await screenshot(page, 'product-add-member-1440');
    expect(await axeFaults(page)).toEqual([]);
    await dialog.getByLabel('生年月日').focus();
    await press(page, 'ControlOrMeta+A');
    await type(page, dateOfBirth);
    await press(page, 'Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.locator('.members').getByText(other.name).waitFor();
    await sees(page, 'いっしょに来る人 2人');
  });

  it('is told who stands in the way of all, and comes without them', async () => {
    const { page } = operator;
    const child = callerOf(product, 'child');
    await pushButton(page, 'もう一人を確認');
    const { name = '', dateOfBirth = '', address = '' } = wordsOf(child);
    for (const said of [name, dateOfBirth, address]) {
      await type(page, said);
      await press(page, 'Tab');
    }
    await press(page, 'Shift+Tab', 'Enter');
    await focusIsOn(page, '全員の枠を探す');
    await press(page, 'Enter');
    await sees(page, `${child.name}:その日に接種の対象となる方に当てはまりません`);
    await screenshot(page, 'product-family-refused-1440');
    expect(await axeFaults(page)).toEqual([]);
    await pushButton(page, `外す ${child.name}`);
    await sees(page, '今回は来ない');
  });

  it('is booked all together or not at all', async () => {
    const { page } = operator;
    const other = callerOf(product, 'ordinary', 3);
    await pushButton(page, '全員の枠を探す');
    await focusOnRow(page);
    await screenshot(page, 'product-family-1440');
    expect(await axeFaults(page)).toEqual([]);
    await press(page, 'Enter');
    await focusIsOn(page, '全員分を確定する');
    await press(page, 'Enter');
    await sees(page, '全員分の予約を確定しました');
    expect(await page.locator('.booked-list').innerText()).toContain(other.name);
    await screenshot(page, 'product-family-booked-1440');
  });

  it('has one of them changed alone afterwards, in the same call', async () => {
    const { page } = operator;
    const other = callerOf(product, 'ordinary', 3);
    await press(page, 'Alt+Digit3');
    await focusIsOn(page, '回目');
    await sees(page, other.name);
    await press(page, '2');
    await pushButton(page, '取り消す');
    await focusIsOn(page, '本人の都合');
    expect(await page.locator('.read-back').filter({ visible: true }).innerText()).toContain(
      other.name,
    );
    await press(page, 'Enter');
    await sees(page, '予約を取り消しました');
    await pushButton(page, '戻る');
    await focusIsOn(page, callerOf(product, 'ordinary', 2).name);
    expect(await taskOf(page).innerText()).not.toContain(other.name);
    await finish(page, '1');
  });
});

describe('the rules', () => {
  it('are tried for a birth date, earlier doses and a day, and say every reason', async () => {
    const { page } = operator;
    await press(page, 'Alt+KeyZ');
    await focusIsOn(page, '生年月日');
    await type(page, '令和6年4月2日');
    await page.locator('.rules').getByLabel('ワクチン').selectOption({ index: 1 });
    await page.getByLabel('接種する日').fill(dayIn(14));
    await page.getByLabel('接種する日').focus();
    await press(page, 'Enter');
    await sees(page, '1回目は接種できません');
    await sees(page, 'age_not_eligible');
    await screenshot(page, 'product-rules-1440');
    expect(await axeFaults(page)).toEqual([]);
    await page.locator('.rules').getByLabel('生年月日').focus();
    await press(page, 'ControlOrMeta+A');
    await type(page, '昭和39年3月5日');
    await press(page, 'Enter');
    await sees(page, '1回目を接種できます');
    await press(page, 'Alt+Digit6');
  });

  it('are listed to the city with the venues they are for', async () => {
    const { page } = city;
    await press(page, 'Alt+KeyZ');
    await expect.poll(async () => page.locator('.rules input:focus').count()).toBe(1);
    await press(page, '2');
    await sees(page, '回ごとのルール');
    await sees(page, '12歳以上');
    await screenshot(page, 'product-rule-list-1024');
    expect(await axeFaults(page)).toEqual([]);
    await press(page, '3');
    await sees(page, 'タワーホール船堀');
    await screenshot(page, 'product-venues-1024');
    expect(await axeFaults(page)).toEqual([]);
    await press(page, 'Alt+KeyA');
  });
});

describe('a day of a venue', () => {
  it('is opened from a pattern whose slots are counted while it is typed', async () => {
    const { page } = city;
    await pushButton(page, '枠を開く');
    const dialog = page.locator('dialog');
    await dialog.getByLabel('会場').first().selectOption({ index: 1 });
    await dialog.getByLabel('ワクチン').selectOption({ index: 1 });
    await dialog.getByLabel('日', { exact: true }).fill(dayIn(80));
    await dialog.getByLabel('1枠の席').fill('4');
    await dialog.getByText('39枠・156席').waitFor();
    await screenshot(page, 'product-open-session-1024');
    expect(await axeFaults(page)).toEqual([]);
    await dialog.getByLabel('1枠の席').focus();
    await press(page, 'Enter');
    await sees(page, '39枠を開きました');
  });

  it('is cut only where nobody loses a seat, unless those are called', async () => {
    const { page } = city;
    await page.getByLabel('会場').first().selectOption({ index: 1 });
    await page.getByLabel('いつまで').fill(dayIn(90));
    await page.locator('.sessions__list tr', { hasText: '156' }).last().focus();
    await pushButton(page, '席数を変える');
    const dialog = page.locator('dialog');
    await dialog.getByLabel('1枠の席').fill('2');
    await press(page, 'Enter');
    await sees(page, /39枠の席を変えました。折返し 0人/u);
    await sees(page, '78');
  });
});
